import { Injectable } from '@nestjs/common';
import type { EventKey, EventOf, ServiceName } from '@onepoint/contracts';
import { GroupCommit, isDatabaseAway } from '@onepoint/persistence';
import { Clock, Metrics, batchObserver } from '@onepoint/platform';
import { RebuildNotRunning } from '../persistence/generation-pointer.ts';
import { ReadModelChanges } from '../persistence/read-model-changes.ts';
import { ReadModelStore } from '../persistence/read-model-store.ts';
import { AwaitedDispatch } from './awaited-dispatch.ts';
import { heardClasses } from './heard.ts';

/** Events of one batch at most. */
const BATCH_MAX = 1_000;
/** Events that may wait for their batch; beyond it the consumer is told to come back (P14). */
const QUEUE_MAX = 20_000;
/** Pages of journals in one batch at most: about as many events as a batch of live ones. */
const PAGES_MAX = 8;
/** Pages that may wait for their batch; beyond it whoever rebuilds is told to come back. */
const PAGES_QUEUE_MAX = 128;
/** Batches of a rebuild at once: while the database is busy with one, the next is gathered and sent. */
const FILLS_AT_ONCE = 2;
/** Deals that one transaction may touch: a `billing.settled` alone names up to 500. */
const DEALS_MAX = 2_000;

/** An event that waits for its batch. */
interface Arrived {
  /** Deals that it touches. */
  readonly deals: number;
  /** The event as its handlers get it, adding to these changes. */
  readonly heardWith: (changes: ReadModelChanges) => object;
}

/** Events of a journal that were brought together, for the generation that is being built. */
interface Page {
  readonly generation: number;
  readonly events: readonly Arrived[];
}

/** An event with its key. */
export interface KeyedEvent<K extends EventKey = EventKey> {
  readonly key: K;
  readonly event: EventOf<K>;
}

/**
 * Takes events to the projections in batches: while one transaction is under way, the events that
 * arrive wait for the next one. Whoever hands in an event waits until it is committed (P4).
 */
@Injectable()
export class ProjectEvents {
  private readonly commits: GroupCommit<Arrived, void>;
  private readonly fills: GroupCommit<Page, void>;
  private readonly tellLag: (heardUntil: ReadonlyMap<ServiceName, number>) => void;

  constructor(
    private readonly dispatch: AwaitedDispatch,
    private readonly store: ReadModelStore,
    clock: Clock,
    metrics: Metrics,
  ) {
    this.tellLag = lagGauge(metrics, clock);
    this.commits = new GroupCommit<Arrived, void>({
      name: 'projections',
      batchMax: BATCH_MAX,
      queueMax: QUEUE_MAX,
      run: async (arrived) => {
        for (const batch of inTransactions(arrived)) await this.project(batch);
        return arrived.map(() => ({ ok: true as const, value: undefined }));
      },
      observe: batchObserver(metrics),
    });
    this.fills = new GroupCommit<Page, void>({
      name: 'rebuild',
      batchMax: PAGES_MAX,
      queueMax: PAGES_QUEUE_MAX,
      parallel: FILLS_AT_ONCE,
      isPoison: (error) => !(error instanceof RebuildNotRunning) && !isDatabaseAway(error),
      run: async (pages) => {
        for (const [generation, of] of Map.groupBy(pages, (page) => page.generation)) {
          const batches = inTransactions(of.flatMap(({ events }) => events));
          for (const batch of batches) await this.fillIn(generation, batch);
        }
        return pages.map(() => ({ ok: true as const, value: undefined }));
      },
      observe: batchObserver(metrics),
    });
  }

  /**
   * Resolves when the event has been projected and committed; rejects with what its projection or
   * the database threw, and then nothing of this event is kept. An event that was projected before
   * changes nothing.
   */
  hear<K extends EventKey>(key: K, event: EventOf<K>): Promise<void> {
    return this.commits.submit(arrived(key, event));
  }

  /**
   * Projects events of a journal into the generation that is being built, and into no other: by the
   * same projections as live events, beside them. Rejects as {@link hear} does, and with
   * RebuildNotRunning; some of the events may be kept then, and change nothing when they come again.
   */
  fill(generation: number, events: readonly KeyedEvent[]): Promise<void> {
    const page = events.map(({ key, event }) => arrived(key, event));
    return this.fills.submit({ generation, events: page });
  }

  /**
   * The projections only gather changes, so they are through before the transaction begins: it holds
   * its locks for the writing alone, and may be repeated without asking them again.
   */
  private async project(batch: readonly Arrived[]): Promise<void> {
    const changes = await this.gather(batch);
    await this.store.write(changes);
    this.tellLag(changes.heardUntil);
  }

  private async fillIn(generation: number, batch: readonly Arrived[]): Promise<void> {
    await this.store.fill(generation, await this.gather(batch));
  }

  private async gather(batch: readonly Arrived[]): Promise<ReadModelChanges> {
    const changes = new ReadModelChanges();
    await this.dispatch.dispatch(batch.map(({ heardWith }) => heardWith(changes)));
    return changes;
  }
}

/** Tells how long ago the newest events happened when they were projected, for each service. */
function lagGauge(metrics: Metrics, clock: Clock) {
  const lag = metrics.gauge({
    name: 'onepoint_projection_lag_seconds',
    help: 'From the newest event of a batch happening to its being projected',
    labelNames: ['source'],
  });
  return (heardUntil: ReadonlyMap<ServiceName, number>): void => {
    for (const [source, lastEventAt] of heardUntil) {
      lag.set({ source }, Math.max(0, clock.now() - lastEventAt) / 1_000);
    }
  };
}

function arrived<K extends EventKey>(key: K, event: EventOf<K>): Arrived {
  return {
    deals: dealsOf(event),
    heardWith: (changes) => new heardClasses[key](event, changes),
  };
}

/** In the order they came, as few transactions as their size allows. */
function inTransactions(events: readonly Arrived[]): Arrived[][] {
  const batches: Arrived[][] = [];
  let deals = Infinity;
  for (const each of events) {
    if (deals + each.deals > DEALS_MAX) {
      batches.push([]);
      deals = 0;
    }
    batches.at(-1)?.push(each);
    deals += each.deals;
  }
  return batches;
}

function dealsOf({ data }: { readonly data: object }): number {
  return 'dealIds' in data && Array.isArray(data.dealIds) ? data.dealIds.length : 1;
}
