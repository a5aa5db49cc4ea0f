// breaks: depcruise/nobody-imports-deploy-or-tests, nx/by-path
export { allInOne } from '../../../../deploy/standalone/src/all-in-one.ts';
