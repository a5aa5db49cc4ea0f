// breaks: depcruise/e2e-speaks-http-and-amqp-only, nx/type:e2e
export { Clock } from '@onepoint/platform';
