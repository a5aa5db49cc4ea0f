// breaks: eslint/house/no-clock-in-domain
export const now = (): Date => new Date();
