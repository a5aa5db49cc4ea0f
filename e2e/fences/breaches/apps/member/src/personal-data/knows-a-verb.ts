// breaks: depcruise/sealing-knows-the-domain-only
export { signUp } from '../commands/sign-up.ts';
