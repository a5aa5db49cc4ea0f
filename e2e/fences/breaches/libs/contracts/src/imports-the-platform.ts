// breaks: depcruise/contracts-import-zod-only, nx/circular
export { Clock } from '@onepoint/platform';
