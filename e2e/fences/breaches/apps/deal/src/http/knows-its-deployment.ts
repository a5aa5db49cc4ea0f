// breaks: depcruise/nobody-imports-deploy-or-tests
export { allInOne } from '../../../../deploy/standalone/src/all-in-one.ts';
