// What `npm test` and its parts consist of.
import { globSync } from 'node:fs';
import { root } from '../install.mjs';

/**
 * @typedef {object} Stage
 * @property {string} name
 * @property {string} what for people
 * @property {string[]} command a program of this checkout, run by the pinned Node, and its arguments
 * @property {boolean} [isJest] its tests are counted, and none is a failure
 * @property {boolean} [needsServers] it is skipped, loudly, where MariaDB or RabbitMQ cannot be had
 * @property {number} withinMs
 */

const minuteMs = 60_000;
const jest = 'node_modules/jest/bin/jest.js';
const folders = ['apps', 'libs', 'deploy', 'e2e', 'bench', 'tools'];
const neverTests = ['/node_modules/', '/dist/', '/fences/breaches/'];
const integration = String.raw`\.int\.spec\.ts$`;
/** In e2e/src, by its name: needs the five processes on real servers. */
const full = String.raw`\.full\.spec\.ts$`;
const endToEnd = '<rootDir>/e2e/src/';

/** @param {string[]} ignore @param {string[]} words */
function jestOver(ignore, ...words) {
  const roots = folders.filter(
    (folder) =>
      globSync(`${folder}/**/tsconfig.json`, { cwd: root, exclude: ['**/node_modules'] }).length >
      0,
  );
  return [
    jest,
    '--config=jest.config.mjs',
    '--rootDir=.',
    ...roots.flatMap((folder) => ['--roots', `<rootDir>/${folder}`]),
    ...[...neverTests, ...ignore].flatMap((pattern) => ['--testPathIgnorePatterns', pattern]),
    ...words,
  ];
}

/** Every stage, in the order in which they run: the quick and telling ones first. @type {Record<string, Stage>} */
export const stages = {
  types: {
    name: 'types',
    what: 'everything compiles (tsc -b)',
    command: ['node_modules/@typescript/native/bin/tsc', '-b'],
    withinMs: 5 * minuteMs,
  },
  format: {
    name: 'format',
    what: 'prettier agrees (npm run format)',
    command: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
    withinMs: 3 * minuteMs,
  },
  lint: {
    name: 'lint',
    what: 'eslint, with types',
    command: ['node_modules/eslint/bin/eslint.js', '.'],
    withinMs: 5 * minuteMs,
  },
  imports: {
    name: 'imports',
    what: 'imports point one way (dependency-cruiser)',
    command: [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config=.dependency-cruiser.mjs',
      'apps',
      'libs',
      'deploy',
      'e2e',
      'bench',
      'tools',
    ],
    withinMs: 2 * minuteMs,
  },
  documents: {
    name: 'documents',
    what: 'generated documents are up to date (npm run generate)',
    command: ['libs/contracts/dist/generate-docs.js', '--check'],
    withinMs: 2 * minuteMs,
  },
  unit: {
    name: 'unit',
    what: 'pure tests, and the fences with their planted breaches',
    command: jestOver([integration, endToEnd], '--maxWorkers=2'),
    isJest: true,
    withinMs: 5 * minuteMs,
  },
  int: {
    name: 'int',
    what: 'tests on a real MariaDB and RabbitMQ',
    command: jestOver([endToEnd], '--testMatch=**/*.int.spec.ts', '--maxWorkers=2'),
    isJest: true,
    needsServers: true,
    withinMs: 10 * minuteMs,
  },
  e2e: {
    name: 'e2e',
    what: 'the running system: standalone',
    command: jestOver([full], '--testMatch=<rootDir>/e2e/src/**/*.spec.ts', '--runInBand'),
    isJest: true,
    withinMs: 10 * minuteMs,
  },
  full: {
    name: 'full',
    what: 'the running system: five processes on MariaDB and RabbitMQ',
    command: jestOver([], '--testMatch=<rootDir>/e2e/src/**/*.full.spec.ts', '--runInBand'),
    isJest: true,
    needsServers: true,
    withinMs: 10 * minuteMs,
  },
};

const quick = ['types', 'format', 'lint', 'imports', 'documents', 'unit'];

/** What can be asked for by name, and the stages that it runs. @type {Record<string, readonly string[]>} */
export const courses = {
  all: [...quick, 'int', 'e2e', 'full'],
  check: quick,
  lint: ['lint', 'imports'],
  unit: ['unit'],
  int: ['types', 'int'],
  e2e: ['types', 'e2e', 'full'],
};
