import { describe, expect, it } from '@jest/globals';
import { OrderRefused, readOrder } from './read-order.ts';

const say = (): void => undefined;
const optionsOf = (...args: string[]) => {
  const order = readOrder(args, say);
  if (order.do !== 'measure') throw new Error('not an order to measure');
  return order.options;
};

describe('the command line of npm run bench', () => {
  it('measures what fits into minutes unless asked for more', () => {
    expect([...optionsOf().wanted]).toEqual(['S1', 'S2', 'S3', 'S4', 'S6', 'S7', 'S9']);
    expect(optionsOf('--all').wanted.size).toBe(9);
    expect([...optionsOf('--only', 's5,S8').wanted]).toEqual(['S5', 'S8']);
  });

  it('makes everything small when it is to be quick, but for what is said', () => {
    const quick = optionsOf('--quick', '--seconds', '7');
    expect(quick.wanted.size).toBe(9);
    expect(quick.seconds).toBe(7);
    expect(quick.warmSeconds).toBe(2);
    expect(quick.s5Deals[1]).toBeLessThan(optionsOf().s5Deals[1]);
  });

  it('warms long enough that the engine has compiled what it will', () => {
    expect(optionsOf().warmSeconds).toBe(90);
    expect(optionsOf('--warm-seconds', '5').warmSeconds).toBe(5);
  });

  it('reads lists, and compares two files', () => {
    expect(optionsOf('--clients', '1,64').clients).toEqual([1, 64]);
    expect(readOrder(['--compare', 'a.json', 'b.json'], say)).toEqual({
      ...{ do: 'compare', a: 'a.json', b: 'b.json' },
    });
  });

  it.each([
    [['--only', 'S10']],
    [['--rounds', '0']],
    [['--clients', '1,many']],
    [['--compare', 'a.json']],
  ])('refuses %j', (args) => {
    expect(() => readOrder(args, say)).toThrow(OrderRefused);
  });
});
