import type { EventTransport } from '../transport/event-transport.ts';

/** The transport, and whether it is this app's to close. */
export class OwnedTransport {
  constructor(
    private readonly transport: EventTransport,
    private readonly owned: boolean,
  ) {}

  async release(): Promise<void> {
    if (this.owned) await this.transport.close();
  }
}
