// breaks: eslint/house/no-clock-in-domain
export const draw = (): number => Math.random();
