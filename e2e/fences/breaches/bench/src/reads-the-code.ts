// breaks: nx/type:bench
export { Clock } from '@onepoint/platform';
