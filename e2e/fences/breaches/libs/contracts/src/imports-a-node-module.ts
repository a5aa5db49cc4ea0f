// breaks: depcruise/contracts-import-zod-only
export { randomUUID } from 'node:crypto';
