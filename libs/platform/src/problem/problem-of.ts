import { isDatabaseAway } from '@onepoint/persistence';
import type { CodedError, FieldError } from './coded-error.ts';
import { foreignRefusalOf } from './foreign-refusal.ts';
import { httpStatusOfCode, isProblemCode, type ProblemCode } from './http-status-of-code.ts';

/** What is answered instead of a result, RFC 9457. Further members come from the error's `detail`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** The path that was asked for, without its query: that may hold personal data (P13). */
  readonly instance: string;
  readonly code: ProblemCode;
  readonly errors?: readonly FieldError[];
  readonly [member: string]: unknown;
}

/** A problem and how to send it. */
export interface Answer {
  readonly problem: Problem;
  readonly retryAfterS: number | null;
  /** What is logged: nothing, a line, or all of an error that nobody foresaw (none of it is shown). */
  readonly trouble: 'none' | 'outage' | 'unforeseen';
}

/** Seconds a caller is asked to wait when the error itself does not say. */
const retryAfterSDefault = 1;
const detailMax = 500;
const reserved = new Set(['type', 'title', 'status', 'detail', 'instance', 'code', 'errors']);
const titles = new Map<ProblemCode, string>();

/** Turns whatever was thrown into a problem. `url` is the request's target. */
export function answerFor(thrown: unknown, url: string): Answer {
  const query = url.indexOf('?');
  const instance = query === -1 ? url : url.slice(0, query);
  if (isDatabaseAway(thrown) || isCodedAs('DATABASE_UNAVAILABLE', thrown)) {
    const detail = 'the database cannot be reached at the moment';
    const problem = problemWith('DATABASE_UNAVAILABLE', detail, instance);
    return { problem, retryAfterS: retryAfterSDefault, trouble: 'outage' };
  }
  const error = isCoded(thrown) ? thrown : foreignRefusalOf(thrown);
  if (error === null || error.code === 'INTERNAL_ERROR') {
    const problem = problemWith('INTERNAL_ERROR', 'something went wrong on our side', instance);
    return { problem, retryAfterS: null, trouble: 'unforeseen' };
  }
  return { ...codedAnswer(error, instance), trouble: 'none' };
}

/** The problem alone; what {@link answerFor} answers without how to send it. */
export function problemOf(thrown: unknown, url: string): Problem {
  return answerFor(thrown, url).problem;
}

function codedAnswer(
  error: CodedError & { readonly code: ProblemCode },
  instance: string,
): Omit<Answer, 'trouble'> {
  const more: Record<string, unknown> = {};
  for (const [member, value] of Object.entries(error.detail ?? {})) {
    if (!reserved.has(member)) more[member] = value;
  }
  const errors = fieldErrorsOf(error);
  const problem = {
    ...problemWith(error.code, error.message.slice(0, detailMax), instance),
    ...(errors === null ? {} : { errors }),
    ...more,
  };
  const mayRetry = problem.status === 503 || error.code === 'REQUEST_IN_PROGRESS';
  return { problem, retryAfterS: error.retryAfterS ?? (mayRetry ? retryAfterSDefault : null) };
}

function problemWith(code: ProblemCode, detail: string, instance: string): Problem {
  const status = httpStatusOfCode[code];
  return { type: `/problems/${code}`, title: titleOf(code), status, detail, instance, code };
}

/** `MEMBER_NOT_FOUND` → `Member not found`: one title per code, for ever. */
function titleOf(code: ProblemCode): string {
  const known = titles.get(code);
  if (known !== undefined) return known;
  const words = code.toLowerCase().replaceAll('_', ' ').replace('json', 'JSON');
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  titles.set(code, title);
  return title;
}

function isCoded(thrown: unknown): thrown is CodedError & { readonly code: ProblemCode } {
  return thrown instanceof Error && 'code' in thrown && isProblemCode(thrown.code);
}

function isCodedAs(code: ProblemCode, thrown: unknown): boolean {
  return isCoded(thrown) && thrown.code === code;
}

function fieldErrorsOf(error: object): readonly FieldError[] | null {
  return 'errors' in error && Array.isArray(error.errors) && error.errors.length > 0
    ? (error.errors as readonly FieldError[])
    : null;
}
