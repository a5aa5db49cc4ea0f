import { UnsafeParameter } from './errors/misuse.ts';
import type { SqlParameter } from './sql.ts';

/** Lets plain values pass and throws {@link UnsafeParameter} for everything else. */
export function checkParameter(value: unknown, position: number): SqlParameter {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
      throw new UnsafeParameter(position, 'an unsafe number');
    case 'object':
      if (value === null || value instanceof Uint8Array) return value;
      throw new UnsafeParameter(position, 'an object');
    default:
      throw new UnsafeParameter(position, typeof value);
  }
}

/** The same for all parameters of a statement: objects could otherwise become SQL of their own. */
export function checkParameters(params: readonly unknown[]): SqlParameter[] {
  return params.map(checkParameter);
}
