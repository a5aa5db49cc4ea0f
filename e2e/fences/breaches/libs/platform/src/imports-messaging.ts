// breaks: depcruise/platform-knows-only-libs-below, nx/circular
export { Outbox } from '@onepoint/messaging';
