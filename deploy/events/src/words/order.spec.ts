import { describe, expect, it } from '@jest/globals';
import { NotUnderstood, readOrder } from './order.ts';

const orderOf = (words: string) => readOrder(words.split(' ').filter((word) => word !== '')).order;

describe('the words of the command line', () => {
  it.each([
    ['', { order: 'help' }],
    ['--help', { order: 'help' }],
    ['status --json', { order: 'status' }],
    ['dead list --service point', { order: 'dead list', service: 'point', limit: 500 }],
    ['dead show --service deal x', { order: 'dead show', service: 'deal', id: 'x', limit: 500 }],
    ['dead retry --service deal --all', { order: 'dead retry', choice: 'all' }],
    ['dead drop --service deal x y', { order: 'dead drop', choice: { ids: ['x', 'y'] } }],
    ['replay --service billing --from 7 --source deal', { start: { after: 6 }, sources: ['deal'] }],
    ['replay --service billing --from 2026-11-23', { start: { since: Date.UTC(2026, 10, 23) } }],
    ['replay --service point --from 2026-11-23T00:00:00+09:00', { types: null, isDry: false }],
    [
      'replay --service point --from 2026-11-23 --types deal.used,member.created.v1 --dry-run',
      {
        ...{ types: ['deal.used.v1', 'member.created.v1'], isDry: true },
      },
    ],
    ['rebuild dashboard', { order: 'rebuild dashboard', evenIncomplete: false }],
    ['rebuild dashboard --incomplete', { evenIncomplete: true }],
    ['rebuild dashboard --abort', { order: 'rebuild dashboard abort' }],
    ['rebuild dashboard --drop-old', { order: 'rebuild dashboard drop-old' }],
    ['rebuild billing', { order: 'rebuild billing' }],
  ])('%p are understood', (words, order) => {
    expect(orderOf(words)).toMatchObject(order);
  });

  it.each([
    'nonsense',
    'status --nonsense',
    'dead',
    'dead list',
    'dead list --service nobody',
    'dead list --service point --limit 0',
    'dead show --service point',
    'dead show --service point a b',
    'dead retry --service point',
    'dead retry --service point a --all',
    'dead bury --service point',
    'replay --service point',
    'replay --service point --from yesterday',
    'replay --service point --from 7',
    'replay --service point --from 7 --source deal,member',
    'replay --service point --from 2026-11-23 --types deal.lost',
    'rebuild',
    'rebuild point',
  ])('%p are not', (words) => {
    expect(() => orderOf(words)).toThrow(NotUnderstood);
  });
});
