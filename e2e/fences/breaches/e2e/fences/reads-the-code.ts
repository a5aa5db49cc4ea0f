// breaks: nx/type:fence
export { Clock } from '@onepoint/platform';
