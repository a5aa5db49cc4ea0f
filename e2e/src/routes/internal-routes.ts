import { serviceNames } from '@onepoint/contracts';
import type { Body, Route } from './route.ts';

const allow = ['service'] as const;
const dashboard = { service: 'dashboard', allow } as const;

const rebuilding = (good: Record<string, unknown>): Body => ({
  good,
  fields: { generation: 'id' },
  required: Object.keys(good),
  refusedAs: 'REBUILD_NOT_RUNNING',
});

/** Doors that are not published: journals to read, read models to rebuild. */
export const internalRoutes: readonly Route[] = [
  ...serviceNames.flatMap((service): Route[] => [
    {
      service,
      method: 'GET',
      path: '/journal',
      allow,
      query: { after: 'amount', since: 'instant', limit: 'limit' },
    },
    { service, method: 'GET', path: '/journal/state', allow },
  ]),
  {
    service: 'billing',
    method: 'POST',
    path: '/refill',
    allow,
    bodies: [{ good: { events: [] }, fields: {}, required: ['events'] }],
  },
  { ...dashboard, method: 'GET', path: '/rebuild' },
  { ...dashboard, method: 'POST', path: '/rebuild' },
  {
    ...dashboard,
    method: 'POST',
    path: '/rebuild/events',
    bodies: [rebuilding({ generation: 900, events: [] })],
  },
  {
    ...dashboard,
    method: 'POST',
    path: '/rebuild/swap',
    bodies: [rebuilding({ generation: 900 })],
  },
  { ...dashboard, method: 'DELETE', path: '/rebuild' },
  { ...dashboard, method: 'DELETE', path: '/rebuild/old' },
];
