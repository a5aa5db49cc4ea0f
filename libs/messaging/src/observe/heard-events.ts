import type { ServiceName } from '@onepoint/contracts';

/** How far one service has been heard by a reader. Instants are epoch milliseconds. */
export interface HeardSource {
  readonly source: ServiceName;
  /** When its newest event that was handled happened. */
  readonly lastEventAt: number;
  /** How long after that its handling was through. */
  readonly lagMs: number;
}

/**
 * What this process has heard and handled, by the service that said it: the lag by event time. Events that needed not
 * be read leave no trace here.
 */
export class HeardEvents {
  readonly #sources = new Map<ServiceName, HeardSource>();

  /** Notes an event that was handled; answers how long ago it had happened, in milliseconds. */
  note(source: ServiceName, occurredAt: number, now: number): number {
    const lagMs = Math.max(now - occurredAt, 0);
    const known = this.#sources.get(source);
    if (known === undefined || occurredAt >= known.lastEventAt) {
      this.#sources.set(source, { source, lastEventAt: occurredAt, lagMs });
    }
    return lagMs;
  }

  /** In the order of their names. */
  get sources(): readonly HeardSource[] {
    return [...this.#sources.values()].sort((a, b) => (a.source < b.source ? -1 : 1));
  }
}
