// breaks: depcruise/domain-free-dashboard
export { total } from '../domain/total.ts';
