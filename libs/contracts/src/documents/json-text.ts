/** The width at which the repository's formatter breaks a line. */
const lineMax = 100;

/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;

/** A JSON object; members that are `undefined` are left out, as JSON.stringify does. */
export interface JsonObject {
  readonly [name: string]: Json | undefined;
}

/**
 * JSON as the repository's formatter would write it, so that generated files pass its check untouched:
 * objects always open, lists of plain values on one line where they fit.
 */
export function jsonText(value: Json): string {
  return `${write(value, '', lineMax)}\n`;
}

/** @param room columns left on the line that the value begins on */
function write(value: Json, indent: string, room: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (isList(value)) return writeList(value, indent, room);
  const members = Object.entries(value).flatMap(([name, member]) =>
    member === undefined ? [] : [{ label: `${JSON.stringify(name)}: `, value: member }],
  );
  if (members.length === 0) return '{}';
  return `{\n${writeLines(members, `${indent}  `)}\n${indent}}`;
}

function writeList(items: readonly Json[], indent: string, room: number): string {
  const oneLine = `[${items.map((item) => JSON.stringify(item)).join(', ')}]`;
  if (items.every(isPlain) && oneLine.length <= room) return oneLine;
  const unlabelled = items.map((value) => ({ label: '', value }));
  return `[\n${writeLines(unlabelled, `${indent}  `)}\n${indent}]`;
}

function writeLines(entries: readonly { label: string; value: Json }[], indent: string): string {
  const lines = entries.map(({ label, value }, index) => {
    const comma = index < entries.length - 1 ? ',' : '';
    const room = lineMax - indent.length - label.length - comma.length;
    return indent + label + write(value, indent, room) + comma;
  });
  return lines.join('\n');
}

/** Neither object nor list, or an empty one. */
function isPlain(value: Json): boolean {
  return typeof value !== 'object' || value === null || Object.keys(value).length === 0;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
