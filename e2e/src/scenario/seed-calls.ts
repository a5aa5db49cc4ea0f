import type { Json } from '../running/doors.ts';
import type { Step } from './step.ts';

export const join = (say: string, json: Json, id: number): Step => ({
  say,
  method: 'POST',
  service: 'member',
  path: '/members',
  json,
  status: 201,
  has: { id, status: 'valid', name: json['name'], phone: json['phone'] },
});

export const deal = (say: string, json: Json, has: Json): Step => ({
  say,
  method: 'POST',
  service: 'deal',
  path: '/deals',
  json: { memberId: '0001', merchantId: '20', ...json },
  status: 201,
  has,
});

export const points = (memberId: string, point: number): Step => ({
  say: `points of ${memberId} are ${point}`,
  method: 'GET',
  service: 'point',
  path: `/points/${memberId}`,
  status: 200,
  has: { point },
  eventually: true,
});

export const dealIs = (id: number, has: Json): Step => ({
  say: `deal ${id} says so`,
  method: 'GET',
  service: 'deal',
  path: `/deals/${id}`,
  status: 200,
  has: { id, ...has },
});

export const view = (say: string, id: number, has: Json): Step => ({
  say,
  method: 'GET',
  service: 'dashboard',
  path: `/billingAmountViews/${id}`,
  status: 200,
  has: { id, ...has },
  eventually: true,
});

export const noView = (id: number): Step => ({
  say: `the failed deal ${id} has no view`,
  method: 'GET',
  service: 'dashboard',
  path: `/billingAmountViews/${id}`,
  status: 404,
  has: { code: 'VIEW_NOT_FOUND' },
});
