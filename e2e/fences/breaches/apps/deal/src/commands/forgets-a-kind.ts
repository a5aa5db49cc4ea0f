// breaks: eslint/@typescript-eslint/switch-exhaustiveness-check
export function sign(kind: 'save' | 'use'): number {
  switch (kind) {
    case 'save':
      return 1;
  }
  return 0;
}
