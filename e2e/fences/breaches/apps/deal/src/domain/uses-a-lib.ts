// breaks: depcruise/domain-imports-its-own-folder-only
export type { EventKey } from '@onepoint/contracts';
