// The folders that the fences speak of. Every rule takes its folders from here, and e2e/fences proves that each one
// exists: a rule over a folder that is not there would pass for ever.

/** The services, a folder each in apps/. */
export const services = ['member', 'point', 'deal', 'billing', 'dashboard'];

/** Libs in the order in which they may know each other: each one knows only those before it. */
export const libs = ['contracts', 'persistence', 'platform', 'messaging'];

/** Which libs a lib may import. */
export const libMayImport = {
  contracts: [],
  persistence: [],
  platform: ['contracts', 'persistence'],
  messaging: ['contracts', 'persistence', 'platform'],
};

/** Rooms of a service, and what a line in them is about (docs: architecture). */
export const rooms = {
  domain: 'what is true on paper, with no computer',
  commands: 'what can be asked for: one verb, one file',
  queries: 'what can be read',
  http: 'status codes, headers, request schemas',
  messaging: 'one file for each thing heard',
  persistence: 'SQL, TypeORM, entities, migrations',
};

/** Rooms that one kind of service has and the others have not. */
export const specialRooms = {
  'point-gateway': ['deal'],
  'deal-gateway': ['billing'],
  'personal-data': ['member'],
  projections: ['dashboard'],
  rebuild: ['dashboard'],
};

/** Rooms that a service must not have: the dashboard is a read model and decides nothing. */
export const forbiddenRooms = { dashboard: ['domain', 'commands'] };

/** Folders of what only tests use. */
export const testFolders = ['testing', 'spec'];

/** Names that say nothing: no folder may have one. */
export const emptyNames = [
  'common',
  'shared',
  'core',
  'utils',
  'util',
  'helpers',
  'services',
  'misc',
];
