import type { Kind, Route } from './route.ts';

const allow = ['operator:dashboard'] as const;
const dashboard = { service: 'dashboard', method: 'GET', allow } as const;
const pages: Record<string, Kind> = { limit: 'limit', cursor: 'cursor' };
const deals: Record<string, Kind> = {
  memberId: 'id',
  merchantId: 'id',
  type: 'one word of several',
  status: 'one word of several',
  billingStatus: 'one word of several',
  from: 'instant',
  to: 'instant',
  limit: 'limit',
  cursor: 'place in a list',
};

export const dashboardRoutes: readonly Route[] = [
  { ...dashboard, path: '/billingAmountViews/{id}', params: { id: 'id' } },
  { ...dashboard, path: '/billingAmountViews', query: deals },
  { ...dashboard, path: '/api/deals/{id}', params: { id: 'id' } },
  { ...dashboard, path: '/api/deals', query: deals },
  { ...dashboard, path: '/api/deferred', query: { limit: 'limit', cursor: 'place in a list' } },
  { ...dashboard, path: '/api/members/{id}', params: { id: 'id' } },
  { ...dashboard, path: '/api/members/{id}/history', params: { id: 'id' }, query: pages },
  { ...dashboard, path: '/api/merchants', query: pages },
  { ...dashboard, path: '/api/totals', query: { from: 'day', to: 'day', merchantId: 'id' } },
  {
    ...dashboard,
    path: '/api/settlements',
    query: { ...pages, merchantId: 'id', billingMonth: 'month' },
  },
  { ...dashboard, path: '/api/freshness' },
];
