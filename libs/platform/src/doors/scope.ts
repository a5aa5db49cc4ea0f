/** What an operator may be trusted with. */
export const scopes = Object.freeze(['members', 'merchants', 'settlement', 'dashboard'] as const);
export type Scope = (typeof scopes)[number];

export function isScope(word: string): word is Scope {
  return (scopes as readonly string[]).includes(word);
}
