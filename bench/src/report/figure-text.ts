/** A figure as people read it: three digits that tell, with thousands apart. */
export function figureText(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const digits = size >= 100 || value === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
}

/** A figure with its unit; × stands before a ratio. */
export function withUnit(value: number, unit: string): string {
  if (unit === '×') return `×${figureText(value)}`;
  return unit === '' ? figureText(value) : `${figureText(value)} ${unit}`;
}
