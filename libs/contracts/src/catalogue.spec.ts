import { describe, expect, it } from '@jest/globals';
import { eventCatalogue, eventKeys, isEventKey, keyOf, parseEvent } from './catalogue.ts';
import type { EventKey, OnePointEvent } from './catalogue.ts';
import { ContractBreach } from './contract-breach.ts';
import { readExample } from './documents/generated-files.ts';

function breachOf(act: () => unknown): ContractBreach {
  try {
    act();
  } catch (error) {
    if (error instanceof ContractBreach) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

const used = readExample('deal.used.v1');
const settled = readExample('billing.settled.v1');

describe('the catalogue of events', () => {
  it('holds the fourteen events of the five services, each said by its one owner', () => {
    expect(eventKeys.map((key) => [key, eventCatalogue[key].source])).toEqual([
      ['member.created.v1', 'member'],
      ['member.updated.v1', 'member'],
      ['member.withdrawn.v1', 'member'],
      ['merchant.registered.v1', 'deal'],
      ['merchant.updated.v1', 'deal'],
      ['deal.saved.v1', 'deal'],
      ['deal.used.v1', 'deal'],
      ['deal.save-cancelled.v1', 'deal'],
      ['deal.use-cancelled.v1', 'deal'],
      ['deal.failed.v1', 'deal'],
      ['point.account-opened.v1', 'point'],
      ['point.changed.v1', 'point'],
      ['point.extinguished.v1', 'point'],
      ['billing.settled.v1', 'billing'],
    ]);
  });

  it.each(eventKeys)('%s is one line of meaning, and its key is its type and version', (key) => {
    const { meaning, type, version } = eventCatalogue[key];
    expect(meaning).toMatch(/^[A-Z][^\n]{10,}\.$/);
    expect(keyOf({ type, version })).toBe(key);
  });

  it('does not take what every object has for an event', () => {
    expect(isEventKey('constructor')).toBe(false);
    expect(breachOf(() => keyOf({ type: 'deal.used', version: 2 })).key).toBe('deal.used.v2');
    expect(breachOf(() => parseEvent('toString' as EventKey, used)).message).toBe(
      'toString breaks its contract: is not in the catalogue',
    );
  });
});

describe('reading an event', () => {
  it('gives the event, typed by its key', () => {
    const event: OnePointEvent = parseEvent('deal.used.v1', used);
    expect(event.type === 'deal.used' && event.data.point).toBe(100);
  });

  it('drops what a newer writer added', () => {
    const newer = { ...used, tenant: 1, data: { ...Object(used['data']), tip: 5 } };
    expect(parseEvent('deal.used.v1', newer)).toEqual(used);
  });

  it('refuses another event than the routing key promised', () => {
    const breach = breachOf(() => parseEvent('deal.saved.v1', used));
    expect(breach.issues.map((issue) => issue.path)).toEqual(['type']);
    expect(breach).toMatchObject({ code: 'CONTRACT_BREACH', key: 'deal.saved.v1' });
  });

  it.each([
    ['id', 'not-a-uuid'],
    ['version', 2],
    ['source', 'point'],
    ['subject', 'member/3'],
    ['subject', 'deal/0'],
    ['subject', 'deal/3 '],
    ['occurredAt', '2026-11-23T05:39:05Z'],
    ['occurredAt', '2026-11-23T14:39:05.135+09:00'],
    ['occurredAt', '2026-02-30T05:39:05.135Z'],
    ['sequence', -1],
    ['sequence', 0.5],
    ['correlationId', ''],
    ['correlationId', 'x'.repeat(129)],
    ['data', null],
  ])('refuses %s %j', (field, value) => {
    const breach = breachOf(() => parseEvent('deal.used.v1', { ...used, [field]: value }));
    expect(breach.issues.map((issue) => issue.path)).toEqual([field]);
  });

  it.each([
    ['dealId', 0],
    ['memberId', '1'],
    ['point', -1],
    ['dealAmount', 2 ** 53],
    ['earnRateBps', 10_001],
    ['dealDate', 1_795_412_345_000],
  ])('refuses data with %s %j, naming the place', (field, value) => {
    const data = { ...Object(used['data']), [field]: value };
    const breach = breachOf(() => parseEvent('deal.used.v1', { ...used, data }));
    expect(breach.issues.map((issue) => issue.path)).toEqual([`data.${field}`]);
  });

  it.each([
    ['chunk', { chunk: 2, chunks: 1 }],
    ['chunk', { chunk: 0 }],
    ['dealIds', { dealIds: [] }],
    ['dealIds', { dealIds: Array.from({ length: 501 }, (_, index) => index + 1) }],
    ['billingMonth', { billingMonth: '202613' }],
  ])('refuses a settlement with an impossible %s', (field, change) => {
    const data = { ...Object(settled['data']), ...change };
    const breach = breachOf(() => parseEvent('billing.settled.v1', { ...settled, data }));
    expect(breach.issues.map((issue) => issue.path)).toEqual([`data.${field}`]);
  });

  it.each([[undefined], [null], [''], [[]], [7]])('refuses %j, which is no message', (json) => {
    expect(breachOf(() => parseEvent('deal.used.v1', json)).issues).toHaveLength(1);
  });

  it('tells at most twenty faults, and never the values that it found', () => {
    const dealIds = Array.from({ length: 500 }, () => 'opk_secret');
    const data = { ...Object(settled['data']), dealIds };
    const breach = breachOf(() => parseEvent('billing.settled.v1', { ...settled, data }));
    expect(breach.issues).toHaveLength(20);
    expect(breach.issues[3]?.path).toBe('data.dealIds.3');
    expect(JSON.stringify([breach.message, breach.issues])).not.toContain('opk_secret');
  });
});
