// breaks: eslint/@typescript-eslint/no-explicit-any
export const take = (value: any): unknown => value;
