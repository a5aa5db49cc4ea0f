// breaks: depcruise/libs-know-no-app, nx/lib:messaging
export { pointSchema } from '@onepoint/point';
