// breaks: eslint/house/import-with-extension
export { recordDeal } from './record-deal.js';
