// "Imports point one way", a rule for each way that is shut. Each rule has a planted breach in e2e/fences/breaches
// that must fail; e2e/fences also proves that every folder named here exists.
import { fileURLToPath } from 'node:url';
import { libMayImport, libs, rooms, specialRooms } from './tools/fences/layout.mjs';

/** Fixtures reach the real libs from three folders further down; the rules must see through that. */
const top = String.raw`^(?:\.\./)*`;
/** Tests, and what only tests use. */
const specs = String.raw`\.spec\.ts$|/testing/|/spec/|/test-[^/]+\.ts$`;
const ownApp = '^apps/([^/]+)/src/';
/** `$1` is the app that the importing file lies in. */
const sameApp = '^apps/$1/src/';
const compositionRoots = String.raw`^apps/[^/]+/src/[^/]+\.ts$`;
const entities = String.raw`^apps/[^/]+/src/persistence/.*(?:\.entity\.ts$|/entities/)`;
/** Any package or lib that is not of this list of names (a regular expression). */
const packagesOtherThan = (names) => `${top}(?:node_modules|libs)/(?!(?:${names})(?:/|$))`;

/** Ways out to other services: every room of that ending. */
const gateways = '[a-z]+-gateway';
const anyOf = (names) => {
  const unknown = names.find(
    (name) => !(name in rooms) && !(name in specialRooms) && name !== gateways,
  );
  if (unknown !== undefined) throw new Error(`tools/fences/layout.mjs knows no room ${unknown}`);
  return `(?:${names.join('|')})`;
};
const room = (...names) => `${ownApp}${anyOf(names)}/`;
const ofSameApp = (...names) => `${sameApp}${anyOf(names)}/`;

/** A rule: what, why, from where, to where. Every one of them is an error. */
const shut = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const serviceRules = [
  shut(
    'http-knows-verbs-only',
    'The http door hands on to commands and queries; it knows no table, no message, no other service.',
    { path: room('http'), pathNot: specs },
    { path: ofSameApp('persistence', 'messaging', 'projections', gateways) },
  ),
  shut(
    'messaging-knows-verbs-only',
    'What is heard is handed on to commands (or projections); it knows no table and no HTTP.',
    { path: room('messaging'), pathNot: specs },
    { path: ofSameApp('persistence', 'http', gateways) },
  ),
  shut(
    'verbs-know-no-door',
    'A command, query or projection does not know which door it was asked through.',
    { path: room('commands', 'queries', 'projections', 'rebuild'), pathNot: specs },
    { path: ofSameApp('http', 'messaging') },
  ),
  shut(
    'verbs-know-no-table',
    'A verb asks the domain for what it needs; persistence provides it. (The dashboard has no domain to ask.)',
    { path: '^apps/(?!dashboard/)([^/]+)/src/(?:commands|queries)/', pathNot: specs },
    { path: ofSameApp('persistence') },
  ),
  shut(
    'queries-change-nothing',
    'A query that calls a command is a command.',
    { path: room('queries'), pathNot: specs },
    { path: ofSameApp('commands') },
  ),
  shut(
    'persistence-knows-the-domain-only',
    'Tables serve the domain and know nobody who asks for them.',
    { path: room('persistence'), pathNot: specs },
    { path: ofSameApp('http', 'messaging', 'commands', 'queries', 'projections', gateways) },
  ),
  shut(
    'gateways-know-the-domain-only',
    'The way out to another service knows no verb, no door and no table.',
    { path: room(gateways), pathNot: specs },
    { path: ofSameApp('http', 'messaging', 'commands', 'queries', 'persistence') },
  ),
  shut(
    'sealing-knows-the-domain-only',
    'How personal data is sealed depends on nobody who asks for it.',
    { path: room('personal-data'), pathNot: specs },
    { path: ofSameApp('http', 'messaging', 'commands', 'queries', 'persistence') },
  ),
  shut(
    'domain-imports-its-own-folder-only',
    'The domain is true on paper: no framework, no lib, no Node module, no other room.',
    { path: `${ownApp}domain/`, pathNot: specs },
    { path: '.', pathNot: '^apps/$1/src/domain/' },
  ),
  shut(
    'entities-stay-in-persistence',
    'A row is how it is stored, not what it is.',
    { path: '^(?:apps|libs|deploy|e2e|bench)/', pathNot: '^apps/[^/]+/src/persistence/' },
    { path: entities },
  ),
  shut(
    'nobody-imports-a-composition-root',
    'module, config and main join the rooms; no room knows them, save that each may know its own settings.',
    { path: `${ownApp}[^/]+/`, pathNot: specs },
    { path: compositionRoots, pathNot: String.raw`\.config\.ts$` },
  ),
  shut(
    'domain-free-dashboard',
    'The dashboard is a read model: it has no domain and no commands.',
    { path: '^apps/' },
    { path: '^apps/dashboard/src/(?:domain|commands)/' },
  ),
];

const techniqueRules = [
  shut(
    'typeorm-stays-in-persistence',
    'SQL and TypeORM are spoken in one room.',
    {
      path: '^(?:apps/|libs/(?!persistence/|messaging/))',
      pathNot: '^apps/[^/]+/src/persistence/',
    },
    { path: `${top}node_modules/(?:typeorm|mysql2|better-sqlite3|@nestjs/typeorm)/` },
  ),
  shut(
    'brokers-stay-in-messaging',
    'How events travel is one lib; a service hears and says events.',
    { path: '^(?:apps|libs|deploy)/', pathNot: ['^libs/messaging/', specs] },
    { path: `${top}node_modules/(?:amqplib|@types/amqplib|smqp)/` },
  ),
  shut(
    'fastify-stays-at-the-door',
    'HTTP words belong to http and the platform.',
    {
      path: '^(?:apps|libs|deploy)/',
      pathNot: ['^(?:apps/[^/]+/src/http/|libs/platform/)', specs],
    },
    { path: `${top}node_modules/(?:fastify|@fastify|@nestjs/platform-fastify)/` },
  ),
];

const projectRules = [
  shut(
    'no-app-to-app',
    'Services speak by HTTP and by events; none knows the code of another.',
    { path: '^apps/([^/]+)/' },
    { path: `${top}apps/`, pathNot: '^apps/$1/' },
  ),
  shut(
    'libs-know-no-app',
    'A lib serves whoever comes.',
    { path: '^libs/' },
    { path: `${top}(?:apps|deploy|e2e|bench)/` },
  ),
  shut(
    'contracts-import-zod-only',
    'Whoever reads an event must not need our server for it.',
    {
      path: '^libs/contracts/src/',
      pathNot: [specs, String.raw`/generate-docs\.ts$`, '/documents/'],
    },
    { path: '.', pathNot: [`${top}node_modules/zod/`, '^libs/contracts/src/'] },
  ),
  shut(
    'contract-documents-need-no-server',
    'The generator of the documents reads and writes files; that is all it needs beside zod.',
    { path: String.raw`^libs/contracts/src/(?:documents/|generate-docs\.ts)`, pathNot: specs },
    { path: packagesOtherThan('zod|contracts') },
  ),
  ...libs
    .filter((lib) => lib !== 'contracts' && libMayImport[lib].length < libs.length - 1)
    .map((lib) =>
      shut(
        `${lib}-knows-only-libs-below`,
        'Libs are stacked: each one knows only those below it.',
        { path: `^libs/${lib}/src/`, pathNot: specs },
        { path: `${top}libs/(?!${[lib, ...libMayImport[lib]].join('/|')}/)` },
      ),
    ),
  shut(
    'libs-through-their-front-door',
    'What a lib offers is in its index.ts; the rest may change.',
    { path: '^(?:apps|deploy|e2e|bench|libs/([^/]+))/' },
    { path: `${top}libs/[^/]+/src/`, pathNot: ['^libs/$1/', String.raw`/src/index\.ts$`] },
  ),
  shut(
    'e2e-speaks-http-and-amqp-only',
    'Tests over the running system know its contracts, never its code.',
    { path: '^e2e/(?!fences/)' },
    { path: `${top}(?:apps/|deploy/|libs/(?!contracts/))` },
  ),
  shut(
    'nobody-imports-deploy-or-tests',
    'What is deployed, tested or measured does not know how.',
    { path: '^(?:apps|libs|deploy)/([^/]+)/' },
    { path: `${top}(?:deploy|e2e|bench|tools)/`, pathNot: '^deploy/$1/' },
  ),
];

const hygieneRules = [
  shut('no-cycle', 'A circle has no first page.', {}, { circular: true }),
  shut('no-unresolved', 'What cannot be found cannot be judged.', {}, { couldNotResolve: true }),
  shut(
    'test-tools-in-tests-only',
    'What runs in production needs no test tool.',
    { path: '^(?:apps|libs|deploy)/', pathNot: specs },
    { path: [`${top}node_modules/(?:@jest|jest|@nestjs/testing|fast-check)/`, specs] },
  ),
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...serviceRules, ...techniqueRules, ...projectRules, ...hygieneRules],
  options: {
    tsConfig: { fileName: fileURLToPath(new URL('tsconfig.base.json', import.meta.url)) },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    doNotFollow: { path: ['node_modules', String.raw`(?:^|/)dist/`] },
    exclude: { path: [String.raw`(?:^|/)dist/`, '^e2e/fences/breaches/'] },
    enhancedResolveOptions: {
      conditionNames: ['onepoint-source', 'import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
