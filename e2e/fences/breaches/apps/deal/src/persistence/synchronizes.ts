// breaks: eslint/house/no-synchronize
export const options = { synchronize: true };
