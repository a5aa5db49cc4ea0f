import type { Attempt } from '../load/history.ts';
import { checkAccounts, checkMembers } from './check-accounts.ts';
import { checkAnswers } from './check-answers.ts';
import { checkDeals } from './check-deals.ts';
import { checkEvents } from './check-events.ts';
import { checkSettlement } from './check-settlement.ts';
import type { Accuse, Facts, Violation } from './facts.ts';

const EXAMPLE_CHARS_MAX = 900;

/** Compares what the clients saw with what stands in the five databases; nothing is left out. */
export function judge(facts: Facts, attempts: readonly Attempt[]): Violation[] {
  const violations: Violation[] = [];
  const accuse: Accuse = (promise, rule, example) => {
    const text = JSON.stringify(example).slice(0, EXAMPLE_CHARS_MAX);
    violations.push({ promise, rule, example: text });
  };
  checkAccounts(facts, accuse);
  checkMembers(facts, accuse);
  checkDeals(facts, accuse);
  checkAnswers(facts, attempts, accuse);
  checkEvents(facts, accuse);
  checkSettlement(facts, accuse);
  return violations;
}
