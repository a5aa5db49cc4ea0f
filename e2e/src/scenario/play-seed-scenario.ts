import { describe, expect, it } from '@jest/globals';
import { billingView, dealReadView, dealView, memberView, pointView } from '@onepoint/contracts';
import type { ServiceName } from '@onepoint/contracts';
import type { OnePoint } from '../running/one-point.ts';
import type { Answer, Json } from '../running/doors.ts';
import { until } from '../running/until.ts';
import { seedSteps } from './seed-steps.ts';
import { monthOf } from './step.ts';
import type { Step } from './step.ts';

/** The form that every good answer must have, by the service that gave it. */
const FORMS = {
  member: memberView,
  point: pointView,
  deal: dealView,
  billing: billingView,
  dashboard: dealReadView,
} as const satisfies Record<ServiceName, unknown>;

/** The seed's scenario, a test for each step, against a system that was empty. */
export function playSeedScenario(running: () => OnePoint): void {
  describe('the scenario that OnePoint was born from', () => {
    const steps = seedSteps(monthOf(new Date())).map((step, index) => ({
      ...step,
      number: index + 1,
    }));

    it.each(steps)('$number: $say', async (step) => {
      const answer = await play(running(), step);
      expect(answer).toMatchObject({ status: step.status, body: step.has ?? {} });
      if (step.isMet !== undefined) expect(step.isMet(answer.body)).toBe(true);
      else if (step.status < 300)
        expect(FORMS[step.service].safeParse(answer.body).error).toBe(undefined);
    });

    it('leaves ledgers whose sums are the balances, with one entry for each deal', async () => {
      const { doors } = running();
      const first = await doors.all('point', '/points/1/entries', 2);
      const second = await doors.all('point', '/points/2/entries', 2);
      expect(first.map(brief)).toEqual([
        ['extinguish', null, -1_900, 0],
        ['save', 6, 1_000, 1_900],
        ['use', 4, -100, 900],
        ['save', 3, 1_000, 1_000],
        ['saveCancel', 2, -1_000, 0],
        ['save', 1, 1_000, 1_000],
      ]);
      expect(second.map(brief)).toEqual([
        ['use', 10, -100, 500],
        ['use', 9, -200, 600],
        ['use', 8, -200, 800],
        ['save', 7, 1_000, 1_000],
      ]);
    });
  });
}

const brief = ({ kind, dealId, delta, balance }: Json): unknown[] => [kind, dealId, delta, balance];

function play({ doors }: OnePoint, step: Step): Promise<Answer> {
  const message = step.json === undefined ? {} : { json: step.json };
  const call = (): Promise<Answer> => doors.ask(step.service, step.method, step.path, message);
  return step.eventually === true ? until(call, (answer) => isMet(step, answer)) : call();
}

function isMet(step: Step, { status, body }: Answer): boolean {
  const wanted = Object.entries(step.has ?? {});
  if (step.isMet?.(body) === false) return false;
  return status === step.status && wanted.every(([name, value]) => body[name] === value);
}
