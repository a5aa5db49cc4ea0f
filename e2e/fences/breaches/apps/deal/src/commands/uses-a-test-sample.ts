// breaks: depcruise/test-tools-in-tests-only, depcruise/nobody-imports-a-composition-root
export { sampleDeal } from '../test-deal.ts';
