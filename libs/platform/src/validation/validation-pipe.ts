import { StandardSchemaValidationPipe } from '@nestjs/common';
import { InvalidRequest, type FieldError } from '../problem/coded-error.ts';

const textMax = 200;

/** What a schema has against a value (Standard Schema). */
interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/**
 * Checks every `@Body({schema})`, `@Query({schema})` and `@Param({schema})` and hands the parsed
 * value on. A refusal names each wrong field (P11).
 */
export function validationPipe(): StandardSchemaValidationPipe {
  return new StandardSchemaValidationPipe({
    exceptionFactory: (issues) =>
      new InvalidRequest('some of the input cannot be accepted', issues.flatMap(fieldErrorsOf)),
  });
}

/** One error per issue; a field nobody knows is named by itself. */
function fieldErrorsOf(issue: SchemaIssue): FieldError[] {
  const path = pathOf(issue);
  const unknown = unknownKeysOf(issue);
  if (unknown.length === 0) return [{ path: clip(path.join('.')), message: clip(issue.message) }];
  return unknown.map((key) => ({
    path: clip([...path, key].join('.')),
    message: 'is not a known field',
  }));
}

function pathOf(issue: SchemaIssue): string[] {
  return (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
}

/** zod reports all unknown fields of an object as one issue, with their names beside it. */
function unknownKeysOf(issue: SchemaIssue): readonly string[] {
  if (!('code' in issue) || issue.code !== 'unrecognized_keys') return [];
  return 'keys' in issue && Array.isArray(issue.keys) ? issue.keys.map(String) : [];
}

function clip(text: string): string {
  return text.length <= textMax ? text : `${text.slice(0, textMax)}…`;
}
