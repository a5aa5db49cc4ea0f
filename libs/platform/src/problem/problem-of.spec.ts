import { describe, expect, it } from '@jest/globals';
import { httpStatusOfCode, isProblemCode } from './http-status-of-code.ts';
import { answerFor, problemOf } from './problem-of.ts';

describe('a problem', () => {
  it.each(['toString', 'constructor', '__proto__', 'member_not_found', '', 404, undefined])(
    'has no code %p',
    (code) => {
      expect(isProblemCode(code)).toBe(false);
      expect(problemOf(Object.assign(new Error('x'), { code }), '/a').code).toBe('INTERNAL_ERROR');
    },
  );

  it.each(Object.keys(httpStatusOfCode))('%s has a type and a title of its own', (code) => {
    const problem = problemOf(Object.assign(new Error('x'), { code }), '/deals/7?a=b');
    expect(problem.type).toBe(`/problems/${code}`);
    expect(problem.title).toMatch(/^[A-Z][A-Za-z ]+$/);
    expect(problem.instance).toBe('/deals/7');
  });

  it('does not grow with the message of an error', () => {
    const error = Object.assign(new Error('x'.repeat(10_000)), { code: 'DEAL_NOT_FOUND' });
    expect(problemOf(error, '/').detail).toHaveLength(500);
  });

  it('is logged when it tells of trouble, and not when it is a refusal', () => {
    const trouble = (error: unknown) => answerFor(error, '/').trouble;
    expect(trouble(Object.assign(new Error('x'), { code: 'DEAL_NOT_FOUND' }))).toBe('none');
    expect(trouble(Object.assign(new Error('x'), { code: 'DATABASE_UNAVAILABLE' }))).toBe('outage');
    expect(trouble(Object.assign(new Error('x'), { code: 'INTERNAL_ERROR' }))).toBe('unforeseen');
    expect(trouble(new Error('x'))).toBe('unforeseen');
  });
});
