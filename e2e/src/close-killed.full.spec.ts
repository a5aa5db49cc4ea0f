import { execFileSync } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { billingView, dealView, monthCloseView } from '@onepoint/contracts';
import type { MonthCloseView } from '@onepoint/contracts';
import { OnePoint } from './running/one-point.ts';
import { until } from './running/until.ts';
import { monthOf } from './scenario/step.ts';
import { Dice, seedOfRun } from './witness/dice.ts';
import { readFacts } from './witness/facts.ts';
import { settledPointsDifferences } from './witness/settled-points.ts';

jest.setTimeout(180_000);

const seed = seedOfRun();
const dice = new Dice(seed);
const KILLS = 3;
const FIRST_MERCHANT = 1_001;
const merchantIds = Array.from({ length: 400 }, (_, at) => FIRST_MERCHANT + at);
const CALLERS = 8;
/** Points that are settled between two kills, at least: each is in the middle of something new. */
const BETWEEN_KILLS = { min: 500, max: 15_000 };

let onePoint: OnePoint;
let memberId = 0;
const month = monthOf(new Date());
/** What the merchant with this id is owed: every merchant something else. */
const pointsOf = (merchantId: number): number => merchantId - FIRST_MERCHANT + 1;

beforeAll(async () => {
  onePoint = await OnePoint.start('full', {
    // One at a time, so that there is a middle; and nobody waits long for who is gone.
    ...{ BILLING_CLOSE_PARALLEL: '1', BILLING_CLOSE_LEASE_MS: '500' },
    BILLING_CLOSE_EVERY_MS: '100',
  });
  await makeDeals();
});
afterAll(() => onePoint?.remove());

describe(`a close whose billing process is killed outright, again and again (E2E_SEED=${seed})`, () => {
  let closed: MonthCloseView;

  it('is carried on to its end every time', async () => {
    let seen = await progress('POST');
    for (let kills = 1; kills <= KILLS; kills += 1) {
      const more = seen.netPoints + dice.between(BETWEEN_KILLS.min, BETWEEN_KILLS.max);
      seen = await untilClose(({ netPoints, state }) => state === 'done' || netPoints > more);
      expect(seen.state).toBe('running');
      process.kill(pidOfBilling(), 'SIGKILL');
      await until(
        () => Promise.resolve(onePoint.program.stdout.filter((line) => line === 'billing is back')),
        (lines) => lines.length === kills,
      );
    }
    closed = await untilClose(({ state }) => state === 'done');
    expect(closed).toMatchObject({
      ...{ state: 'done', pass: 1, merchants: merchantIds.length, waiting: 0, problems: 0 },
      code: null,
    });
    // One whose run was committed and not yet noted when the process died is found unchanged.
    expect(closed.settled + closed.unchanged).toBe(merchantIds.length);
  });

  it('settled every merchant exactly once, to the won', async () => {
    const billings = (await onePoint.doors.all('billing', `/billings?billingMonth=${month}`)).map(
      (each) => billingView.parse(each),
    );
    const owed = new Map(billings.map((each) => [each.merchantId, each.netPoints]));
    expect([...owed.keys()].toSorted((a, b) => a - b)).toEqual(merchantIds);
    expect(merchantIds.filter((id) => owed.get(id) !== pointsOf(id))).toEqual([]);
    expect(billings.filter(({ runs, runCount }) => runs.length !== 1 || runCount !== 1)).toEqual(
      [],
    );
    const net = billings.reduce((sum, { netPoints }) => sum + netPoints, 0);
    expect(closed.netPoints).toBe(net);
    expect(settledPointsDifferences(await readFacts(onePoint.doors, [memberId]), billings)).toEqual(
      [],
    );
  });

  it('told every deal that it is settled', async () => {
    const left = await until(
      async () => {
        const deals = await onePoint.doors.all('deal', '/deals?type=use');
        return deals.map((deal) => dealView.parse(deal)).filter((d) => d.billingStatus === 'no');
      },
      (unsettled) => unsettled.length === 0,
    );
    expect(left).toEqual([]);
  });
});

async function progress(method: 'POST' | 'GET'): Promise<MonthCloseView> {
  const { doors } = onePoint;
  const { status, body } =
    method === 'POST'
      ? await doors.post('billing', '/billings/close', { billingMonth: month })
      : await doors.get('billing', `/billings/close/${month}`);
  expect([200, 202]).toContain(status);
  return monthCloseView.parse(body);
}

/** Looks as often as it can: the close does not wait for us. */
async function untilClose(isWanted: (seen: MonthCloseView) => boolean): Promise<MonthCloseView> {
  const giveUpAt = performance.now() + 60_000;
  for (;;) {
    const seen = await progress('GET');
    if (isWanted(seen) || performance.now() > giveUpAt) return seen;
    await wait(2);
  }
}

/** A member with points enough, and one use at each merchant, all of them heard of by Billing. */
async function makeDeals(): Promise<void> {
  const { doors } = onePoint;
  const joined = await doors.post('member', '/members', { name: '김하나', phone: '01055556666' });
  memberId = Number(joined.body['id']);
  await until(
    () => doors.get('point', `/points/${memberId}`),
    ({ status }) => status === 200,
  );
  const save = { memberId, merchantId: 20, dealAmount: 100_000_000, type: 'save' };
  await doors.post('deal', '/deals', save);
  await until(
    () => doors.get('point', `/points/${memberId}`),
    ({ body }) => body['point'] === 1_000_000,
  );
  const left = [...merchantIds];
  const call = async (): Promise<void> => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      await doors.post('deal', '/merchants', { id, name: `shop ${id}` });
      const use = { memberId, merchantId: id, dealAmount: 1_000, type: 'use', point: pointsOf(id) };
      expect((await doors.post('deal', '/deals', use)).body).toMatchObject({ status: 'success' });
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, call));
  const compared = await until(
    () => doors.all('billing', `/billings/reconciliation?billingMonth=${month}`),
    (items) => items.length === merchantIds.length && items.every(({ same }) => same === true),
  );
  expect(compared).toHaveLength(merchantIds.length);
}

/** The process that serves now: one of the supervisor's children. */
function pidOfBilling(): number {
  const supervisor = onePoint.program.pid;
  const line = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((text) => text.trim().split(/\s+/))
    .find(([, ppid, ...args]) => Number(ppid) === supervisor && /billing/.test(args.join(' ')));
  return Number(line?.[0]);
}
