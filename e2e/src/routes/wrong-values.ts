import type { Kind } from './route.ts';

/** Neither a number nor anything that reads as one. */
const NO_NUMBERS = [null, true, false, '', ' ', 'abc', [], [1], {}, { value: 1 }] as const;
const NO_WHOLE_NUMBERS = [
  1.5,
  '1.5',
  '1e3',
  '0x10',
  '+1',
  '1,000',
  '1_000',
  'NaN',
  'Infinity',
  '１２',
  '٣',
  '1 2',
  '1\u0000',
] as const;
const TOO_MUCH = [
  9_007_199_254_740_992,
  1e300,
  '9007199254740992',
  '99999999999999999999999999',
  '1'.repeat(500),
] as const;
const NO_TEXTS = [true, 5, [], {}, ['text'], '', '   ', '가'.repeat(1_001)] as const;
const NO_MONTHS = [
  '',
  '2026',
  '202613',
  '202600',
  '2026-11',
  '2026111',
  'abcdef',
  '２０２６１１',
] as const;

const numbers = [...NO_NUMBERS, ...NO_WHOLE_NUMBERS, ...TOO_MUCH, -1, '-1'] as const;

/** Values that no field of a kind may hold in JSON. */
export const WRONG_IN_JSON: Readonly<Record<Kind, readonly unknown[]>> = {
  id: [...numbers, 0, '0', '000'],
  amount: numbers,
  'basis points': [...numbers, 10_001],
  text: [null, ...NO_TEXTS],
  'text or null': NO_TEXTS,
  phone: [null, true, 1_011_112_222, [], {}, '', 'none', '12', '1'.repeat(40)],
  'one word of several': [
    null,
    true,
    7,
    [],
    {},
    '',
    'SAVE',
    'nonsense',
    '__proto__',
    'constructor',
  ],
  month: [null, true, [], {}, ...NO_MONTHS],
  limit: [],
  cursor: [],
  instant: [],
  day: [null, true, 20_261_123, [], {}, '', 'today', '2026-02-30', '2026-11-23T00:00:00Z'],
  'key id': [],
  'idempotency key': [null, true, 5, [], {}, '', 'x'.repeat(256), 'tab\tkey', '한글'],
  'place in a list': [],
};

const textsOfNumbers = [...NO_WHOLE_NUMBERS, ...TOO_MUCH, -1, '', 'abc', 'null', 'true'].map(
  String,
);

/** Texts that no query or path parameter of a kind may be. */
export const WRONG_IN_ADDRESS: Readonly<Record<Kind, readonly string[]>> = {
  id: [...textsOfNumbers, '0'],
  amount: textsOfNumbers,
  'basis points': textsOfNumbers,
  text: [''],
  'text or null': [''],
  phone: ['', 'none', '12'],
  'one word of several': ['', 'SAVE', 'nonsense', '__proto__', 'constructor', 'toString'],
  month: NO_MONTHS,
  limit: ['0', '201', '-1', '1.5', 'many', ''],
  cursor: ['-1', '1.5', 'next', ''],
  instant: ['', 'yesterday', '2026-11-23', '2026-02-30T00:00:00Z', '1'],
  day: ['', 'x', '2026-02-30', '20261123', '2026-11-23T00:00:00Z'],
  'key id': ['', 'XYZ', '../1', '%'],
  'idempotency key': [''],
  'place in a list': ['', 'next', '-1', '1.5.2', 'null'],
};
