// breaks: depcruise/libs-know-no-app, nx/circular
export { pointSchema } from '@onepoint/point';
