// Tells Nx what a project is and what can be done with it, so that no project needs a project.json:
// every folder with a tsconfig.json is one, and has the targets for which it has files.
import { globSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * What a folder is by where it lies.
 * @type {{ where: RegExp; type: string; projectType: 'application' | 'library' }[]}
 */
const kinds = [
  // A library to Nx, which otherwise lets nobody import it: deploy/standalone joins the apps. The tags say who may.
  { where: /^apps\/[^/]+$/, type: 'app', projectType: 'library' },
  { where: /^libs\/[^/]+$/, type: 'lib', projectType: 'library' },
  { where: /^deploy\/[^/]+$/, type: 'deploy', projectType: 'application' },
  { where: /^e2e$/, type: 'e2e', projectType: 'application' },
  { where: /^e2e\/fences$/, type: 'fence', projectType: 'application' },
  { where: /^e2e\/[^/]+$/, type: 'e2e', projectType: 'application' },
  { where: /^bench$/, type: 'bench', projectType: 'application' },
  { where: /^tools$/, type: 'tool', projectType: 'library' },
];

const jest =
  'node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js';
const workspace = '{workspaceRoot}';
const whatCompilesAll = [
  `${workspace}/tsconfig.base.json`,
  { externalDependencies: ['@typescript/native', '@types/node'] },
];
const whatTestsAll = [
  `${workspace}/jest.config.mjs`,
  `${workspace}/tsconfig.base.json`,
  { externalDependencies: ['jest', '@swc/jest', '@swc/core'] },
];
const whatLintsAll = [
  `${workspace}/eslint.config.mjs`,
  `${workspace}/tsconfig.base.json`,
  `${workspace}/tools/lint/**/*`,
  `${workspace}/tools/fences/**/*`,
  { externalDependencies: ['eslint', 'typescript-eslint', '@nx/eslint-plugin', 'typescript'] },
];

/** @param {string} command */
const run = (command) => ({ executor: 'nx:run-commands', options: { command, cwd: workspace } });

/** @param {string} root */
function build(root) {
  return {
    ...run(`tsc -b ${root}`),
    cache: true,
    dependsOn: ['^build'],
    inputs: ['production', '^production', ...whatCompilesAll],
    outputs: ['{projectRoot}/dist'],
  };
}

/** @param {string} root */
function lint(root) {
  return {
    ...run(`eslint ${root}`),
    cache: true,
    inputs: ['default', '^production', ...whatLintsAll],
    outputs: [],
  };
}

/**
 * Pure tests: the same files give the same result. The fences look at the files of all projects, so theirs are always run.
 * @param {string} root
 */
function unitTest(root) {
  const ignore = String.raw`--testPathIgnorePatterns /node_modules/ /dist/ '\.int\.spec\.ts$'`;
  return {
    ...run(`${jest} --rootDir ${root} --config jest.config.mjs ${ignore}`),
    cache: root !== 'e2e/fences',
    inputs: ['default', '^production', ...whatTestsAll],
    outputs: [],
  };
}

/** Tests with real servers: never taken from the cache, for the servers are no input of ours. @param {string} root */
function integrationTest(root) {
  const only = String.raw`--testPathPatterns '\.int\.spec\.ts$'`;
  return { ...run(`${jest} --rootDir ${root} --config jest.config.mjs ${only}`), cache: false };
}

/** @param {string} workspaceRoot @param {string} root */
function targetsOf(workspaceRoot, root) {
  const specs = globSync(root === 'e2e' ? 'src/**/*.spec.ts' : '**/*.spec.ts', {
    cwd: join(workspaceRoot, root),
    exclude: (name) => ['node_modules', 'dist', 'breaches'].includes(name),
  });
  const hasIntegration = specs.some((file) => file.endsWith('.int.spec.ts'));
  const hasUnit = root !== 'e2e' && specs.some((file) => !file.endsWith('.int.spec.ts'));
  return {
    build: build(root),
    lint: lint(root),
    ...(hasUnit ? { test: unitTest(root) } : {}),
    ...(hasIntegration ? { 'test:int': integrationTest(root) } : {}),
    ...(root === 'e2e' && specs.length > 0 ? { 'test:e2e': endToEnd(root) } : {}),
  };
}

/** @param {string} root */
function endToEnd(root) {
  return {
    ...run(`${jest} --rootDir ${root} --config jest.config.mjs --runInBand`),
    cache: false,
    dependsOn: [{ projects: ['standalone'], target: 'build' }],
  };
}

/** @param {string} root @param {string} type */
function nameOf(root, type) {
  return type === 'app' || type === 'lib' ? `@onepoint/${basename(root)}` : basename(root);
}

/** @type {import('nx/src/devkit-exports.js').CreateNodesV2} */
export const createNodesV2 = [
  '{apps/*,libs/*,deploy/*,e2e,e2e/*,bench,tools}/tsconfig.json',
  (files, _options, { workspaceRoot }) =>
    files.map((file) => {
      const root = dirname(file);
      const kind = kinds.find(({ where }) => where.test(root));
      if (kind === undefined) return [file, {}];
      const { type, projectType } = kind;
      const tags = [`type:${type}`, ...(type === 'lib' ? [`lib:${basename(root)}`] : [])];
      const targets = targetsOf(workspaceRoot, root);
      const name = nameOf(root, type);
      return [file, { projects: { [root]: { name, root, projectType, tags, targets } } }];
    }),
];
