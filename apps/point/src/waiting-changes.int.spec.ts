import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ledger } from './domain/ledger.ts';
import { RetryWaiting } from './commands/retry-waiting.ts';
import { dealSays, memberSays } from './testing/events.ts';
import { PointPlace } from './testing/point-place.ts';

/** Rounds are taken by hand here: none comes by itself. */
const NO_SWEEP = { POINT_SWEEP_EVERY_MS: '60000' };

describe.each(['sqlite', 'mysql'] as const)('a change that waits, on %s,', (dialect) => {
  let place: PointPlace;
  let ledger: Ledger;
  let retry: RetryWaiting;
  beforeAll(async () => {
    place = new PointPlace(dialect);
    const { app } = (await place.start(NO_SWEEP)).service;
    [ledger, retry] = [app.get(Ledger), app.get(RetryWaiting)];
  });
  afterAll(() => place.remove());

  const inAnHour = () => Date.now() + 3_600_000;

  it('is tried at once when its member appears between a try and its next date', async () => {
    await place.hear(dealSays.saved({ dealId: 1, memberId: 1, point: 50 }));
    const [due] = await ledger.dueWaiting(inAnHour(), 10);
    // A round found it still waiting; before it could say so, the member's account was opened.
    await place.hear(memberSays.created(1));
    await ledger.postpone([due!], inAnHour());
    await retry.sweep();
    expect(await place.balance(1)).toBe(50);
  });

  it('does not keep those behind it waiting when it fails', async () => {
    await place.hear(
      dealSays.saved({ dealId: 11, memberId: 11, point: 50 }),
      dealSays.saved({ dealId: 12, memberId: 12, point: 60 }),
      dealSays.saved({ dealId: 13, memberId: 13, point: 70 }),
    );
    await place.hear(memberSays.created(11), memberSays.created(12));
    // Something that no decision can be made of.
    await place.inDatabase((tx) =>
      tx.execute("UPDATE waiting_change SET kind = 'gift' WHERE deal_id = 11"),
    );
    place.setNow(inAnHour);
    await expect(retry.sweep()).rejects.toThrow('gift');
    expect([await place.balance(11), await place.balance(12)]).toEqual([0, 60]);
    const later = (await ledger.dueWaiting(inAnHour() + 60_000, 10)).map((each) => [
      each.change.dealId,
      each.tries,
    ]);
    expect(later).toEqual([
      [11, 1],
      [13, 1],
    ]);
    expect(await ledger.dueWaiting(inAnHour(), 10)).toEqual([]);
  });

  it('is void with an alarm when it has waited as long as it may, for good', async () => {
    await place.hear(dealSays.saved({ dealId: 21, memberId: 21, point: 50 }));
    place.setNow(() => Date.now() + 25 * 3_600_000);
    await retry.sweep().catch(() => undefined);
    const [line] = await place.entries(21);
    expect(line).toMatchObject({ outcome: 'void', reason: 'MEMBER_UNKNOWN', delta: 0 });
    expect(place.logLines.join('')).toContain('CHANGE_GIVEN_UP');
    await place.hear(memberSays.created(21));
    await retry.sweep().catch(() => undefined);
    expect(await place.balance(21)).toBe(0);
  });
});
