// breaks: nx/type:tool
export { Clock } from '@onepoint/platform';
