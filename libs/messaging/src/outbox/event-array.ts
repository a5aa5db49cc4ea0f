/** Between events a comma and a line break: JSON has no raw line breaks, so the text can be cut there without parsing. */
const seam = ',\n';
const opening = '[\n';
const closing = '\n]';

/** Joins events, each written as JSON once, into the text of one JSON array: of an outbox row, or of a message. */
export function joinEvents(bodies: readonly string[]): string {
  return opening + bodies.join(seam) + closing;
}

/** The events of an array as {@link joinEvents} writes it, each as it was; null for one that somebody else has written. */
export function cutEvents(text: string): string[] | null {
  const isOurs = text.startsWith(opening) && text.endsWith(closing);
  return isOurs ? text.slice(opening.length, -closing.length).split(seam) : null;
}
