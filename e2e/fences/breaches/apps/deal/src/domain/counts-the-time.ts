// breaks: eslint/house/no-clock-in-domain
export const nowMs = (): number => Date.now();
