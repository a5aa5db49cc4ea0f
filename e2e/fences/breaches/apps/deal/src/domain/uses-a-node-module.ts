// breaks: depcruise/domain-imports-its-own-folder-only
import { randomUUID } from 'node:crypto';

export const id = randomUUID;
