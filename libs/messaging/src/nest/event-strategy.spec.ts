import { describe, expect, it } from '@jest/globals';
import { testReader } from '../testing/rabbit-playground.ts';
import { ScriptedTransport } from '../testing/scripted-transport.ts';
import { EventStrategy } from './event-strategy.ts';
import { heardBy, unheardIf } from './on-event.ts';

const key = 'member.created.v1';

/** A strategy with a handler for each, that does not hear what matches. */
function hearing(...unless: (RegExp | undefined)[]): EventStrategy {
  const strategy = new EventStrategy(new ScriptedTransport(), testReader());
  for (const pattern of unless) {
    const extras = { [heardBy]: key, [unheardIf]: pattern };
    strategy.addHandler(key, () => Promise.resolve(), true, extras);
  }
  return strategy;
}

describe('an event must be read', () => {
  it('unless all of its handlers say from its text that it is of no concern', () => {
    expect(hearing(/a/).mustRead(key, 'a')).toBe(false);
    expect(hearing(/a/).mustRead(key, 'b')).toBe(true);
    expect(hearing(/a/, /b/).mustRead(key, 'ab')).toBe(false);
    expect(hearing(/a/, /b/).mustRead(key, 'a')).toBe(true);
    expect(hearing(/a/, undefined).mustRead(key, 'a')).toBe(true);
  });

  it('when nobody has said so, also where nobody hears it: that must not pass unseen', () => {
    expect(hearing(undefined).mustRead(key, 'a')).toBe(true);
    expect(hearing(/a/).mustRead('member.left.v9', 'a')).toBe(true);
  });
});
