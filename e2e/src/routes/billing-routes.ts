import type { Body, Kind, Route } from './route.ts';

const staff = ['operator:settlement'] as const;
const staffAndMerchant = ['merchant', 'operator:settlement'] as const;
const pages: Record<string, Kind> = { limit: 'limit', cursor: 'cursor' };
const one = { id: 'id' } as const;

/** Settling a month that is long over, of a merchant without deals, does no harm when it is accepted. */
const settleBodies: readonly Body[] = ['merchantId', 'mercharntId'].map((merchant) => ({
  good: { [merchant]: '20', billingMonth: '202007' },
  fields: { [merchant]: 'id', billingMonth: 'month' },
  required: [merchant, 'billingMonth'],
}));

export const billingRoutes: readonly Route[] = [
  {
    service: 'billing',
    method: 'POST',
    path: '/billings',
    allow: staff,
    bodies: settleBodies,
    takesIdempotencyKey: true,
  },
  {
    service: 'billing',
    method: 'GET',
    path: '/billings',
    allow: staffAndMerchant,
    query: { ...pages, merchantId: 'id', billingMonth: 'month' },
  },
  {
    service: 'billing',
    method: 'GET',
    path: '/billings/{id}',
    allow: staffAndMerchant,
    params: one,
  },
  {
    service: 'billing',
    method: 'GET',
    path: '/billings/{id}/lines',
    allow: staffAndMerchant,
    params: one,
    query: { ...pages, bom: 'one word of several' },
  },
  {
    service: 'billing',
    method: 'GET',
    path: '/billings/{id}/print',
    allow: staffAndMerchant,
    params: one,
    query: { lang: 'one word of several' },
  },
  {
    service: 'billing',
    method: 'POST',
    path: '/billings/close',
    allow: staff,
    bodies: [
      {
        good: { billingMonth: '202007' },
        fields: { billingMonth: 'month' },
        required: ['billingMonth'],
      },
    ],
  },
  {
    service: 'billing',
    method: 'GET',
    path: '/billings/close/{billingMonth}',
    allow: staff,
    params: { billingMonth: 'month' },
  },
  {
    service: 'billing',
    method: 'GET',
    path: '/billings/reconciliation',
    allow: staff,
    query: { merchantId: 'id', billingMonth: 'month', limit: 'limit', cursor: 'place in a list' },
    needs: { billingMonth: '202007' },
  },
];
