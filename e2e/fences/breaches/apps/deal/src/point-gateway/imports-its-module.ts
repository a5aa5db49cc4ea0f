// breaks: depcruise/nobody-imports-a-composition-root
export { dealModule } from '../deal.module.ts';
