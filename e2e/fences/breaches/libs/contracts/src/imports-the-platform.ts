// breaks: depcruise/contracts-import-zod-only, nx/lib:contracts
export { Clock } from '@onepoint/platform';
