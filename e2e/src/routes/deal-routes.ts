import type { Body, Kind, Route } from './route.ts';

const tills = ['merchant', 'operator:merchants'] as const;
const staff = ['operator:merchants'] as const;
const services = ['service'] as const;
const pages: Record<string, Kind> = { limit: 'limit', cursor: 'cursor' };
const one = { id: 'id' } as const;
const parties = { memberId: 'id', merchantId: 'id', type: 'one word of several' } as const;
const deal = { service: 'deal' } as const;
const month = { ...pages, billingMonth: 'month', merchantId: 'id' } as const;

const dealBodies: readonly Body[] = [
  {
    good: { type: 'save', memberId: '0001', merchantId: '20', dealAmount: '100000' },
    fields: { ...parties, dealAmount: 'id' },
    required: ['type', 'memberId', 'merchantId', 'dealAmount'],
  },
  {
    good: { type: 'use', memberId: 1, merchantId: 20, dealAmount: '10000', point: ' 10' },
    fields: { ...parties, dealAmount: 'amount', point: 'id' },
    required: ['type', 'memberId', 'merchantId', 'point'],
  },
  {
    good: { type: 'cancel', memberId: 1, merchantId: 20, dealAmount: '100000' },
    fields: { ...parties, dealAmount: 'amount', originalDealId: 'id' },
    required: ['type', 'memberId', 'merchantId', 'dealAmount'],
  },
];
const terms = {
  name: 'text',
  earnRateBps: 'basis points',
  commissionBps: 'basis points',
  earnChargeBps: 'basis points',
  validFrom: 'day',
} as const;

export const dealRoutes: readonly Route[] = [
  {
    ...deal,
    method: 'POST',
    path: '/deals',
    allow: tills,
    bodies: dealBodies,
    takesIdempotencyKey: true,
  },
  {
    ...deal,
    method: 'GET',
    path: '/deals',
    allow: tills,
    query: {
      memberId: 'id',
      merchantId: 'id',
      type: 'one word of several',
      status: 'one word of several',
      from: 'instant',
      to: 'instant',
      ...pages,
    },
  },
  {
    ...deal,
    method: 'POST',
    path: '/deals/{id}/cancel',
    allow: tills,
    params: one,
    takesIdempotencyKey: true,
  },
  {
    ...deal,
    method: 'POST',
    path: '/deals/cancel-by-key',
    allow: tills,
    bodies: [
      {
        good: { idempotencyKey: 'never used' },
        fields: { idempotencyKey: 'idempotency key' },
        required: ['idempotencyKey'],
      },
    ],
  },
  { ...deal, method: 'GET', path: '/deals/{id}', allow: tills, params: one },
  {
    ...deal,
    method: 'POST',
    path: '/merchants',
    allow: staff,
    bodies: [
      { good: { id: 50, name: '맛나분식' }, fields: { id: 'id', ...terms }, required: ['name'] },
    ],
    takesIdempotencyKey: true,
  },
  { ...deal, method: 'GET', path: '/merchants', allow: staff, query: pages },
  {
    ...deal,
    method: 'PATCH',
    path: '/merchants/{id}',
    allow: staff,
    params: one,
    bodies: [{ good: { name: '새 이름' }, fields: terms, required: ['name'] }],
  },
  { ...deal, method: 'GET', path: '/merchants/{id}', allow: staff, params: one },
  {
    ...deal,
    method: 'GET',
    path: '/merchants/{id}/terms',
    allow: staff,
    params: one,
    query: pages,
  },
  { ...deal, method: 'POST', path: '/merchants/{id}/keys', allow: staff, params: one },
  { ...deal, method: 'GET', path: '/merchants/{id}/keys', allow: staff, params: one },
  {
    ...deal,
    method: 'DELETE',
    path: '/merchants/{id}/keys/{keyId}',
    allow: staff,
    params: { id: 'id', keyId: 'key id' },
  },
  {
    ...deal,
    method: 'GET',
    path: '/settlementTotals',
    allow: services,
    query: month,
    needs: { billingMonth: '202007' },
  },
  {
    ...deal,
    method: 'GET',
    path: '/settlementDeals',
    allow: services,
    query: month,
    needs: { billingMonth: '202007', merchantId: '20' },
  },
];
