/** Token of the {@link ProcessSettings} that the app runs with. */
export const PROCESS_SETTINGS = Symbol('ProcessSettings');
