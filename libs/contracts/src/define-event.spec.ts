import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { defineEvent } from './define-event.ts';

function define(key: string) {
  return defineEvent({
    key,
    source: 'deal',
    aggregate: 'deal',
    meaning: 'Something happened.',
    data: z.object({}),
  });
}

describe('defining an event', () => {
  it('takes type and version from the key', () => {
    expect(define('deal.use-cancelled.v12')).toMatchObject({
      type: 'deal.use-cancelled',
      version: 12,
    });
  });

  it.each(['deal.used', 'deal.used.v0', 'deal.used.v01', 'Deal.used.v1', 'deal..v1', '.v1', ''])(
    'refuses the key %j',
    (key) => {
      expect(() => define(key)).toThrow(TypeError);
    },
  );
});
