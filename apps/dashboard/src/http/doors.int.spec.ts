import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { problem } from '@onepoint/contracts';
import { startDashboard } from '../spec/running-dashboard.ts';
import type { RunningDashboard } from '../spec/running-dashboard.ts';

let dashboard: RunningDashboard;
beforeAll(async () => (dashboard = await startDashboard()));
afterAll(() => dashboard.stop());

async function refusal(path: string): Promise<{ status: number; code: string; paths: string[] }> {
  const response = await dashboard.get(path);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  const { status, code, errors } = problem.parse(await response.json());
  return { status, code, paths: (errors ?? []).map((error) => error.path) };
}

describe('what cannot be understood', () => {
  it.each([
    ['/billingAmountViews/x', 'id'],
    ['/billingAmountViews/0', 'id'],
    ['/billingAmountViews/-1', 'id'],
    ['/billingAmountViews/1.5', 'id'],
    ['/billingAmountViews/9007199254740993', 'id'],
    ['/billingAmountViews?memberId=abc', 'memberId'],
    ['/billingAmountViews?merchantId=1e3', 'merchantId'],
    ['/billingAmountViews?type=cancel', 'type'],
    ['/billingAmountViews?status=pending', 'status'],
    ['/billingAmountViews?billingStatus=maybe', 'billingStatus'],
    ['/billingAmountViews?from=yesterday', 'from'],
    ['/billingAmountViews?from=2026-02-30T00:00:00Z', 'from'],
    ['/billingAmountViews?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z', 'to'],
    ['/billingAmountViews?limit=0', 'limit'],
    ['/billingAmountViews?limit=201', 'limit'],
    ['/billingAmountViews?cursor=1', 'cursor'],
    ['/billingAmountViews?cursor=%27;DROP', 'cursor'],
    ['/billingAmountViews?nonsense=1', 'nonsense'],
    ['/api/deals?memberId=1&memberId=2', 'memberId'],
    ['/api/deferred?cursor=-1.1', 'cursor'],
    ['/api/members/me', 'id'],
    ['/api/members/1/history?cursor=x', 'cursor'],
    ['/api/merchants?limit=-1', 'limit'],
    ['/api/totals?from=2026-13-01', 'from'],
    ['/api/totals?from=2026-01-02&to=2026-01-01', 'to'],
    ['/api/totals?from=2020-01-01&to=2026-01-01', 'to'],
    ['/api/settlements?billingMonth=202613', 'billingMonth'],
    ['/api/settlements?billingMonth=2026-11', 'billingMonth'],
  ])('%s is refused and %s is named', async (path, field) => {
    const refused = await refusal(path);
    expect(refused).toEqual({ status: 400, code: 'INVALID_REQUEST', paths: [field] });
  });

  it.each([
    ['/api/deals/999', 'DEAL_NOT_FOUND'],
    ['/api/members/999', 'MEMBER_NOT_FOUND'],
    ['/api/members/999/history', 'MEMBER_NOT_FOUND'],
    ['/api/nothing', 'ROUTE_NOT_FOUND'],
  ])('%s is %s', async (path, code) => {
    const refused = await refusal(path);
    expect(refused).toEqual({ status: 404, code, paths: [] });
  });
});

describe('the doors', () => {
  const secret = 'a-secret-of-thirty-two-characters';
  const hash = (token: string): string => createHash('sha256').update(token).digest('hex');
  const tokens = [`eve:${hash('eve-token')}:members`, `ann:${hash('ann-token')}:dashboard`];
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

  it('are open to operators of the dashboard alone, the inner ones to services', async () => {
    const shut = await startDashboard(undefined, {
      SERVICE_TOKEN: secret,
      OPERATOR_TOKENS: tokens.join(','),
    });
    const paths = ['/billingAmountViews', '/api/deals', '/api/members/1', '/api/merchants'];
    paths.push('/api/totals', '/api/settlements', '/api/deferred', '/api/freshness');
    const seen = [];
    for (const path of [
      ...paths,
      '/billingAmountViews/1',
      '/api/deals/1',
      '/api/members/1/history',
    ]) {
      const statuses = [];
      for (const headers of [{}, bearer(secret), bearer('eve-token'), bearer('ann-token')]) {
        statuses.push((await shut.get(path, headers)).status);
      }
      seen.push(statuses.map((status) => (status === 404 ? 200 : status)));
    }
    const inner = [];
    for (const path of ['/rebuild', '/journal', '/journal/state']) {
      for (const headers of [{}, bearer(secret), bearer('eve-token'), bearer('ann-token')]) {
        inner.push((await shut.get(path, headers)).status);
      }
    }
    await shut.stop();
    expect(inner).toEqual([401, 200, 403, 403, 401, 200, 403, 403, 401, 200, 403, 403]);
    for (const statuses of seen) expect(statuses).toEqual([401, 403, 403, 200]);
  });

  it('are described with every answer and question', async () => {
    const document: unknown = await (await dashboard.get('/docs/openapi.json')).json();
    expect(document).toMatchObject({
      paths: {
        '/billingAmountViews/{id}': { get: { responses: { 200: {}, 404: {} } } },
        '/api/totals': { get: { responses: { 200: {}, 400: {} } } },
      },
    });
    const names = JSON.stringify(document);
    for (const name of ['DealReadView', 'SeenDeal', 'Freshness', 'billingStatus']) {
      expect(names).toContain(name);
    }
  });
});
