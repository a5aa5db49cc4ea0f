// breaks: eslint/eqeqeq
export const isOne = (points: unknown): boolean => points == 1;
