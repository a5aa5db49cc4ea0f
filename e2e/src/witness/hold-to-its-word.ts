import type { BillingView } from '@onepoint/contracts';
import type { Doors } from '../running/doors.ts';
import { until } from '../running/until.ts';
import { monthOf } from '../scenario/step.ts';
import type { Attempts } from './attempts.ts';
import { differencesOf } from './differences.ts';
import { readFacts, settle } from './facts.ts';
import type { Facts } from './facts.ts';
import { MERCHANTS } from './load.ts';
import { settledPointsDifferences } from './settled-points.ts';

/** Shown at most: the first ones tell enough. */
const SHOWN_MAX = 20;

/**
 * Asks again what was not answered, waits until the dust has settled, settles the merchants, and compares
 * everything that was ever answered with everything that is there now.
 */
export async function holdToItsWord(doors: Doors, attempts: Attempts): Promise<string[]> {
  await attempts.askAgain(doors);
  const look = async (): Promise<string[]> => {
    const facts = await readFacts(doors, attempts.memberIds);
    const wrong = differencesOf(attempts, facts);
    // Settled only on what is whole: the sums are then known.
    return wrong.length > 0 ? wrong : settlementDifferences(doors, facts);
  };
  const wrong = await until(look, (differences) => differences.length === 0);
  return wrong.slice(0, SHOWN_MAX);
}

/** P9: what is settled is every use less every cancelled use, whatever runs it was settled in. */
async function settlementDifferences(doors: Doors, facts: Facts): Promise<string[]> {
  const { deals } = facts;
  const wrong: string[] = [];
  const billings: BillingView[] = [];
  for (const merchantId of MERCHANTS) {
    const own = [...deals.values()].filter(
      (deal) => deal.merchantId === merchantId && deal.status === 'success',
    );
    const sum = (type: string): number =>
      own.filter((deal) => deal.type === type).reduce((total, { point }) => total + point, 0);
    const billing = await settle(doors, merchantId, monthOf(new Date()));
    billings.push(billing);
    const net = sum('use') - sum('useCancel');
    if (billing.usedPoints !== sum('use') || billing.netPoints !== net) {
      wrong.push(`merchant ${merchantId} is owed ${billing.netPoints} points, not ${net}`);
    }
    const lines = await doors.all('billing', `/billings/${billing.id}/lines`);
    const settled = new Set(lines.map(({ dealId }) => dealId));
    const due = own.filter(({ type }) => type === 'use' || type === 'useCancel');
    if (lines.length !== due.length || !due.every(({ id }) => settled.has(id))) {
      wrong.push(`merchant ${merchantId} has ${lines.length} lines of ${due.length} deals`);
    }
  }
  return [...wrong, ...settledPointsDifferences(facts, billings)];
}
