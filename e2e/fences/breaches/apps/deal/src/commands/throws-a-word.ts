// breaks: eslint/@typescript-eslint/only-throw-error
export function refuse(): never {
  throw 'INSUFFICIENT_POINTS';
}
