import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Dialect } from '@onepoint/persistence';
import { silentObserver } from '../observe/messaging-observer.ts';
import { RelayStage } from '../testing/relay-stage.ts';
import { until } from '../testing/until.ts';
import { ForgetOldEvents } from './forget-old-events.ts';
import { pageBytesMax, readJournal } from './read-journal.ts';
import { readJournalState } from './read-journal-state.ts';
import { trimRowsMax } from './trim-journal.ts';

jest.setTimeout(40_000);

const engines: Dialect[] = ['mysql', 'sqlite'];
const dayMs = 86_400_000;

describe.each(engines)('The journal on %s', (dialect) => {
  let stage: RelayStage;
  beforeEach(async () => void (stage = await RelayStage.set(dialect)));
  afterEach(() => stage.clear());

  /** Rows that were sent one second after the other, as a relay would have left them. */
  async function sent(count: number, events = '[\n{}\n]'): Promise<void> {
    const rows = Array.from({ length: count }, (_, index) => ({
      ...{ position: index + 1, event_count: 1, events },
      ...{ created_at: 0, sent_at: (index + 1) * 1_000 },
    }));
    await stage.db.transaction(async (tx) => {
      await tx.insertRows('outbox', rows);
      await tx.execute('UPDATE relay_lease SET last_position = ?', [count]);
    });
  }

  const keeper = (keepMs: number, isLeading = true) =>
    new ForgetOldEvents({
      ...{ db: stage.db, relay: { isLeading }, keepMs },
      ...{ observer: silentObserver, logger: stage.log },
    });
  const positions = async (): Promise<(number | null)[]> =>
    (await stage.journal()).map(({ position }) => position);

  it('is trimmed from its low end to what is young enough, and stays without a gap', async () => {
    const count = 2 * trimRowsMax + 50;
    await sent(count);
    const keepMs = dayMs;
    // The first 2 × the slice and ten more are older than that.
    const young = 2 * trimRowsMax + 11;
    expect(await keeper(keepMs).forget(keepMs + young * 1_000)).toBe(young - 1);
    expect(await positions()).toEqual(
      Array.from({ length: count - young + 1 }, (_, index) => young + index),
    );
    const state = await readJournalState(stage.db);
    expect(state).toMatchObject({ firstPosition: young, lastPosition: count });
  });

  it('never loses what is unsent, however old, and goes on behind what was trimmed', async () => {
    await sent(3);
    stage.transport.status = 'down';
    await stage.say(1);
    await stage.db.transaction((tx) =>
      tx.execute('UPDATE outbox SET created_at = 0 WHERE position IS NULL'),
    );
    expect(await keeper(dayMs).forget(Date.now() + 400 * dayMs)).toBe(3);
    expect(await positions()).toEqual([null]);
    stage.transport.status = 'up';
    stage.relay();
    await until('sent', () => stage.allSent());
    expect(await positions()).toEqual([4]);
  });

  it('is trimmed by nobody but the one who publishes, and never where it is kept for ever', async () => {
    await sent(3);
    expect(await keeper(dayMs, false).forget(Date.now())).toBe(0);
    expect(await keeper(0).forget(Date.now())).toBe(0);
    expect(await positions()).toEqual([1, 2, 3]);
  });

  it('is read in pages that end at their limit or at a megabyte, and miss nothing', async () => {
    const large = `[\n{"text":"${'x'.repeat(pageBytesMax / 2)}"}\n]`;
    await sent(4, large);
    const sizes: number[] = [];
    const seen: number[] = [];
    for (let after = 0, more = true; more; after = seen.at(-1) ?? 0) {
      const page = await readJournal(stage.db, { after }, 3);
      sizes.push(page.entries.length);
      seen.push(...page.entries.map(({ position }) => position));
      more = page.more;
    }
    expect(seen).toEqual([1, 2, 3, 4]);
    expect(sizes).toEqual([1, 1, 1, 1]);
    await stage.db.transaction((tx) => tx.execute(`UPDATE outbox SET events = '[]'`));
    expect(await readJournal(stage.db, { after: 0 }, 3)).toMatchObject({ more: true });
    expect(await readJournal(stage.db, { after: 1 }, 3)).toMatchObject({ more: false });
  });

  it('can be read from an instant on', async () => {
    await sent(5);
    const from = async (since: number) =>
      (await readJournal(stage.db, { since }, 10)).entries.map(({ position }) => position);
    expect(await from(3_000)).toEqual([3, 4, 5]);
    expect(await from(3_001)).toEqual([4, 5]);
    expect(await from(9_000)).toEqual([]);
  });

  it('tells what waits, who publishes and how far it is', async () => {
    expect(await readJournalState(stage.db)).toMatchObject({
      ...{ firstPosition: null, lastPosition: 0, relayHolder: null, highestId: 0 },
    });
    stage.transport.status = 'down';
    await stage.say(1);
    await stage.say(2);
    const waiting = await readJournalState(stage.db);
    expect(waiting).toMatchObject({ unsentRows: 2, highestId: 2, lowestUnsentId: 1 });
    expect(waiting.oldestUnsentAt).toBeGreaterThan(Date.now() - 60_000);
    stage.transport.status = 'up';
    stage.relay();
    await until('sent', () => stage.allSent());
    const done = await readJournalState(stage.db);
    expect(done).toMatchObject({ unsentRows: 0, lowestUnsentId: null, lastPosition: 2 });
    expect(done.relayHolder).toContain(`:${process.pid}:`);
  });
});
