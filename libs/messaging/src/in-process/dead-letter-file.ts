import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { IncomingMessage } from '../transport/event-transport.ts';
import type { FailureNote } from '../transport/judge-delivery.ts';

/** Keeps what was set aside as one JSON object in each line (P15). */
export class DeadLetterFile {
  constructor(private readonly file: string) {}

  /** @throws when the disk refuses; the message must then not count as settled */
  async append(service: string, message: IncomingMessage, note: FailureNote): Promise<void> {
    const { id, key, body } = message;
    const line = JSON.stringify({ service, id, key, ...note, setAsideAt: new Date(), body });
    await mkdir(dirname(this.file), { recursive: true });
    await appendFile(this.file, `${line}\n`, { flush: true });
  }
}
