// breaks: depcruise/platform-knows-only-libs-below, nx/lib:platform
export { Outbox } from '@onepoint/messaging';
