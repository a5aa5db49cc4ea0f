import { describe, expect, it } from '@jest/globals';
import { parseEvent } from '@onepoint/contracts';
import type { EventOf, PointChangeKind } from '@onepoint/contracts';
import { ANSWERED } from './on-point-changed.ts';

const id = '019ab00c-7e22-7184-9d1e-5b6c2f8a4156';
const at = '2026-11-23T05:39:05.135Z';

function changed(kind: PointChangeKind): EventOf<'point.changed.v1'> {
  return parseEvent('point.changed.v1', {
    ...{ id, type: 'point.changed', version: 1, source: 'point', subject: 'point/1' },
    ...{ occurredAt: at, sequence: 4, correlationId: id },
    data: {
      ...{ memberId: 1, dealId: 3, kind, outcome: 'applied', reason: null },
      ...{ delta: -100, balance: 900, changedAt: at },
    },
  });
}

describe('a change of points, by its text alone,', () => {
  it.each(['use', 'reversal'] as const)('is of no concern when it is a %s', (kind) => {
    expect(ANSWERED.test(JSON.stringify(changed(kind)))).toBe(true);
  });

  it.each(['save', 'saveCancel', 'useCancel'] as const)('must be read when it is a %s', (kind) => {
    expect(ANSWERED.test(JSON.stringify(changed(kind)))).toBe(false);
  });

  it.each([
    ['has blanks', JSON.stringify(changed('use'), null, 1)],
    ['says it elsewhere', JSON.stringify({ ...changed('save'), kind: 'use' })],
    ['has escapes', JSON.stringify({ ...changed('use'), correlationId: '","kind":"use"' })],
    ['is nested', JSON.stringify({ ...changed('use'), more: { kind: 'use' } })],
    ['is another version', JSON.stringify({ ...changed('use'), version: 2 })],
    ['is several', `${JSON.stringify(changed('use'))},${JSON.stringify(changed('save'))}`],
    ['is no JSON', 'use'],
  ])('must be read when it %s', (_how, text) => {
    expect(ANSWERED.test(text)).toBe(false);
  });
});
