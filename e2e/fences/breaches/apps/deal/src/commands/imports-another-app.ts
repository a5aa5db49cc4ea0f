// breaks: depcruise/no-app-to-app, nx/type:app
export { pointSchema } from '@onepoint/point';
