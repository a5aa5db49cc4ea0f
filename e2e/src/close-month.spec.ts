import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { monthCloseView } from '@onepoint/contracts';
import { OnePoint } from './running/one-point.ts';
import { Program } from './running/program.ts';
import { until } from './running/until.ts';
import { monthOf } from './scenario/step.ts';

jest.setTimeout(120_000);

const CLOSE = 'deploy/operations/dist/close.js';

/** `npm run close`, run to its end, away from any terminal. */
async function close(billingUrl: string, ...words: string[]) {
  const program = new Program(CLOSE, { BILLING_URL: billingUrl }, words);
  const { code } = await program.ended;
  return { code, stdout: program.stdout, stderr: program.stderr.join('\n') };
}

describe('npm run close', () => {
  let onePoint: OnePoint;
  let billing = '';
  const month = monthOf(new Date());
  beforeAll(async () => {
    onePoint = await OnePoint.start('standalone');
    billing = onePoint.place.urls.billing;
    const { doors } = onePoint;
    const joined = await doors.post('member', '/members', { name: '김하나', phone: '01033334444' });
    const party = { memberId: joined.body['id'], merchantId: 20, dealAmount: 100_000 };
    await until(
      () => doors.get('point', `/points/${String(party.memberId)}`),
      ({ status }) => status === 200,
    );
    await doors.post('deal', '/deals', { ...party, type: 'save' });
    const used = { ...party, type: 'use', point: 100 };
    for (const merchantId of [20, 30]) await doors.post('deal', '/deals', { ...used, merchantId });
    await until(
      () => doors.get('billing', `/billings/reconciliation?billingMonth=${month}`),
      ({ body }) => JSON.stringify(body).split('"same":true').length === 3,
    );
  });
  afterAll(() => onePoint?.remove());

  it('settles every merchant, says so line by line, and ends with 0', async () => {
    const { code, stdout, stderr } = await close(billing, month);
    expect(stdout.at(-1)).toBe('all settled');
    expect(stdout).toContain(`${month}: 2 merchants: 2 settled, 0 unchanged, 0 with problems`);
    expect(stdout).toContain('KRW: net points 200, billing amount 196, net 196');
    expect(stdout).toContain(`${month} 100 %: 2 of 2 merchants`);
    expect([code, stderr]).toEqual([0, '']);
  });

  it('is the same close the second time, and one line of JSON when asked for', async () => {
    const { code, stdout } = await close(billing, month, '--json');
    expect(code).toBe(0);
    expect(stdout).toHaveLength(1);
    const said = monthCloseView.parse(JSON.parse(stdout[0]!));
    expect(said).toMatchObject({ merchants: 2, pass: 1, netPoints: 200, billingAmount: 196 });
  });

  it('ends with 2 and the usage when it is called wrongly', async () => {
    for (const words of [[], ['202613'], [month, '--fast']]) {
      const { code, stdout, stderr } = await close(billing, ...words);
      expect([code, stdout]).toEqual([2, []]);
      expect(stderr).toContain('npm run close -- YYYYMM');
    }
  });

  it('ends with 1 and the reason when Billing refuses, or is not there', async () => {
    const future = await close(billing, '299912');
    expect(future.code).toBe(1);
    expect(future.stderr).toContain('422 MONTH_IN_FUTURE');
    const nowhere = await close('http://127.0.0.1:1', month);
    expect(nowhere.code).toBe(1);
    expect(nowhere.stderr).toContain('does not answer');
  });
});

describe('npm run close, where some merchants cannot be settled,', () => {
  it('ends with 1, names them with their code, and shows its token', async () => {
    const tokens: (string | undefined)[] = [];
    const billing = createServer((request, response) => {
      tokens.push(request.headers.authorization);
      const isFirst = request.method === 'POST';
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(isFirst ? progress('running', 3) : progress('done', 0)));
    });
    billing.listen(0, '127.0.0.1');
    await once(billing, 'listening');
    const url = `http://127.0.0.1:${(billing.address() as AddressInfo).port}`;
    const env = { BILLING_URL: url, OPERATOR_TOKEN: 'a-token' };
    const program = new Program(CLOSE, env, ['202610']);
    const { code } = await program.ended;
    billing.close();
    expect(code).toBe(1);
    expect(program.stdout).toContain('  merchant 17  SETTLEMENT_INCOMPLETE');
    expect(program.stdout).toContain('  and 1 more');
    expect(new Set(tokens)).toEqual(new Set(['Bearer a-token']));
  });
});

function progress(state: 'running' | 'done', waiting: number): object {
  const problems = 3 - waiting > 0 ? 2 : 0;
  return {
    ...{ billingMonth: '202610', state, pass: 1, startedAt: '2026-11-01T00:00:00.000Z' },
    ...{ finishedAt: null, merchants: 3, waiting, settled: 3 - waiting - problems, unchanged: 0 },
    ...{ problems, code: null, netPoints: 100, billingAmount: 98, net: 98 },
    problemsOf: problems === 0 ? [] : [{ merchantId: 17, code: 'SETTLEMENT_INCOMPLETE' }],
  };
}
