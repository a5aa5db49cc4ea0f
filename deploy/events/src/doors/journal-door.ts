import { setTimeout as wait } from 'node:timers/promises';
import type { ServiceName } from '@onepoint/contracts';
import { journalStateView, readPage } from '@onepoint/messaging';
import type { JournalStateView, PageTexts } from '@onepoint/messaging';
import type { ServiceDoors } from './service-doors.ts';

/** Some of a journal: its events in their order, each as its JSON, and the position of the last. */
export interface JournalPart {
  readonly events: readonly string[];
  readonly position: number;
}

/** What a service has published does not come to rest: a row of its outbox stays unsent. */
export class OutboxStuck extends Error {
  override readonly name = 'OutboxStuck';

  constructor(service: ServiceName) {
    super(`rows of ${service}'s outbox stay unsent: see its log, and npm run events -- status`);
  }
}

const PAGE_ENTRIES = 200;
const LOOK_EVERY_MS = 200;
const REST_WITHIN_MS = 60_000;

/** One service's journal, read over its door. */
export class JournalDoor {
  constructor(
    private readonly doors: ServiceDoors,
    readonly service: ServiceName,
  ) {}

  state(): Promise<JournalStateView> {
    return this.doors.ask(this.service, 'GET', '/journal/state', journalStateView);
  }

  /**
   * Pages behind a position, or from an instant (epoch milliseconds), until there are no more. While one is being used
   * the next is on its way.
   */
  async *pages(start: { after: number } | { since: number }): AsyncGenerator<JournalPart> {
    let coming: Promise<PageTexts> | null = this.page(
      'after' in start ? `after=${start.after}` : `since=${new Date(start.since).toISOString()}`,
    );
    while (coming !== null) {
      const { items, nextCursor }: PageTexts = await coming;
      coming = nextCursor === null ? null : this.page(`after=${nextCursor}`);
      // It may fail while nobody waits for it; whoever asks for it is told.
      coming?.catch(() => undefined);
      const last = items.at(-1);
      if (last === undefined) continue;
      yield { events: items.flatMap(({ events }) => events), position: last.position };
    }
  }

  private async page(from: string): Promise<PageTexts> {
    const path = `/journal?${from}&limit=${PAGE_ENTRIES}`;
    return readPage(await this.doors.askText(this.service, 'GET', path));
  }

  /**
   * The whole journal, up to and beyond everything that had been published when `begun` was looked at. A
   * row gets its position after it was published: what lies unsent at first is waited for (P10).
   *
   * @throws OutboxStuck
   */
  async *whole(begun: JournalStateView): AsyncGenerator<JournalPart> {
    const giveUpAt = performance.now() + REST_WITHIN_MS;
    for (let position = 0; ;) {
      const { lowestUnsentId } = await this.state();
      const isAtRest = lowestUnsentId === null || lowestUnsentId > begun.highestId;
      for await (const part of this.pages({ after: position })) {
        yield part;
        position = part.position;
      }
      if (isAtRest) return;
      if (performance.now() > giveUpAt) throw new OutboxStuck(this.service);
      await wait(LOOK_EVERY_MS);
    }
  }
}
