import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BillingPlace } from './test-billing.ts';
import type { Dealing } from './test-billing.ts';
import { calendar } from './test-months.ts';
import { numberIn, playedExamples } from './test-played-tables.ts';
import type { Row } from './test-played-tables.ts';

// Real engines on a machine that may have other things to do.
jest.setTimeout(60_000);

const examples = playedExamples();
/** All months of the examples are over. */
const NOW = Date.parse('2026-06-15T00:00:00.000Z');

describe('docs/settlement.md', () => {
  it('has the examples that it promises, down to the month below zero', () => {
    expect(examples.length).toBeGreaterThanOrEqual(5);
    const belowZero = examples
      .flatMap(({ statements }) => statements)
      .map(({ closing }) => closing);
    expect(belowZero).toContain('-19,600');
  });
});

describe.each(['sqlite', 'mysql'] as const)('docs/settlement.md, played on %s', (dialect) => {
  let place: BillingPlace;
  beforeEach(async () => {
    place = new BillingPlace(dialect);
    await place.start();
    await place.register();
    place.setNow(NOW);
  });
  afterEach(() => place.remove());

  it.each(examples)('$title', async ({ deals, statements }) => {
    const left = deals.map(dealingOf);
    for (const { 'after deal': last, billingMonth = '', ...shown } of statements) {
      while ((left[0]?.dealId ?? Infinity) <= numberIn(last)) await place.happen(left.shift()!);
      const { body } = await place.settle(billingMonth);
      const answered = Object.keys(shown).map((name) => [name, figureOf(body, name)]);
      const promised = Object.entries(shown).map(([name, cell]) => [name, numberIn(cell)]);
      expect([billingMonth, ...answered]).toEqual([billingMonth, ...promised]);
    }
    expect(left).toEqual([]);
  });
});

function figureOf(body: Record<string, unknown>, name: string): unknown {
  if (name !== 'this run') return body[name];
  return (body['runs'] as { billingAmount: number }[]).at(-1)?.billingAmount;
}

function dealingOf(row: Row): Dealing {
  return {
    dealId: numberIn(row['deal']),
    type: row['type'] as NonNullable<Dealing['type']>,
    point: numberIn(row['points']),
    at: calendar.startOfDay(row['on'] ?? ''),
    commissionBps: numberIn(row['commission']) * 100,
    earnChargeBps: numberIn(row['earn charge']) * 100,
  };
}
