import type { Body, Kind, Route } from './route.ts';

const desk = ['operator:members'] as const;
const member = { service: 'member', allow: desk } as const;
const services = ['service'] as const;
const point = { service: 'point' } as const;
const personal = {
  name: 'text',
  phone: 'phone',
  address: 'text or null',
  email: 'text or null',
} as const;

export const memberRoutes: readonly Route[] = [
  {
    ...member,
    method: 'POST',
    path: '/members',
    bodies: [
      {
        good: { name: '박하늘', phone: '010-5555-1234', address: '서울', email: 'sky@example.com' },
        fields: personal,
        required: ['name', 'phone'],
      },
    ],
    takesIdempotencyKey: true,
  },
  {
    ...member,
    method: 'GET',
    path: '/members',
    query: { phone: 'phone' },
    needs: { phone: '01055551234' },
  },
  { ...member, method: 'GET', path: '/members/{id}', params: { id: 'id' } },
  {
    ...member,
    method: 'PATCH',
    path: '/members/{id}',
    params: { id: 'id' },
    bodies: [{ good: { name: '박바다' }, fields: personal, required: ['name'] }],
  },
  { ...member, method: 'DELETE', path: '/members/{id}', params: { id: 'id' } },
];

const change = (good: Record<string, unknown>): Body => ({
  good,
  fields: Object.fromEntries(
    Object.keys(good).map((name): [string, Kind] =>
      name === 'kind' ? [name, 'one word of several'] : [name, name === 'point' ? 'amount' : 'id'],
    ),
  ),
  required: Object.keys(good),
});

/** Changes for deals that do not exist: what an honest Deal would never send, in good form. */
const facts = { dealId: 900_001, memberId: 1, point: 0 };

export const pointRoutes: readonly Route[] = [
  {
    ...point,
    method: 'GET',
    path: '/points/{memberId}',
    allow: ['operator:members', 'service'],
    params: { memberId: 'id' },
  },
  {
    ...point,
    method: 'GET',
    path: '/points/{memberId}/entries',
    allow: ['operator:members', 'service'],
    params: { memberId: 'id' },
    query: { limit: 'limit', cursor: 'cursor' },
  },
  {
    ...point,
    method: 'POST',
    path: '/pointDecrease',
    allow: services,
    // Of nobody's points: refused without a trace, where a use of 0 would not be good form.
    bodies: [change({ kind: 'use', ...facts, memberId: 987_654, point: 1 })],
  },
  {
    ...point,
    method: 'POST',
    path: '/pointIncrease',
    allow: services,
    bodies: [change({ kind: 'save', ...facts, dealId: 900_002 })],
  },
  {
    ...point,
    method: 'POST',
    path: '/pointChanges',
    allow: services,
    bodies: [
      {
        good: { changes: [{ kind: 'save', ...facts, dealId: 900_003 }] },
        fields: { budgetMs: 'id' },
        required: ['changes'],
      },
    ],
  },
];
