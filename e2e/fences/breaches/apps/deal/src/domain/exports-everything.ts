// breaks: eslint/house/no-export-star
export * from './deal.ts';
