/** What no field that wants a whole number may be given, with a name for the report. */
export const notNumbers: readonly (readonly [string, unknown])[] = [
  ['a word', 'many'],
  ['an empty text', ''],
  ['negative', -1],
  ['fractional', 1.5],
  ['beyond 2^53', 9_007_199_254_740_992],
  ['huge', 1e300],
  ['a boolean', true],
  ['null', null],
  ['an array', [1]],
  ['an object', { valueOf: 1 }],
];

/** Bodies that are no JSON object at all, as they are sent. */
export const notObjects: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['broken JSON', '{"memberId":1'],
  ['an array', '[]'],
  ['a number', '7'],
  ['null', 'null'],
  ['a text', '"deal"'],
  ['a poisoned prototype', '{"__proto__":{"kind":"use"}}'],
];

/** Every body that is wrong in one place: each field missing, and each with each wrong value. */
export function wrongBodies(
  good: Readonly<Record<string, unknown>>,
  numbers: readonly string[],
): [string, Record<string, unknown>][] {
  const missing = Object.keys(good).map((field): [string, Record<string, unknown>] => {
    const { [field]: _left, ...rest } = good;
    return [`without ${field}`, rest];
  });
  const wrong = numbers.flatMap((field) =>
    notNumbers.map(([name, value]): [string, Record<string, unknown>] => [
      `${field} is ${name}`,
      { ...good, [field]: value },
    ]),
  );
  return [...missing, ...wrong, ['with an unknown field', { ...good, colour: 'red' }]];
}
