// breaks: depcruise/persistence-knows-only-libs-below, nx/lib:persistence
export { eventCatalogue } from '@onepoint/contracts';
