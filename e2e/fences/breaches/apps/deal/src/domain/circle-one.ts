// breaks: depcruise/no-cycle
import { two } from './circle-two.ts';

export const one = (): number => two();
