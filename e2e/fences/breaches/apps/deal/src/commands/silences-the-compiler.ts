// breaks: eslint/@typescript-eslint/ban-ts-comment
// @ts-ignore because it is easier
export const points: number = 1;
