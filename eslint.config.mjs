// Every rule is an error, none can be switched off by a comment, and each has a planted breach in e2e/fences/breaches.
import nx from '@nx/eslint-plugin';
import { createProjectGraphAsync } from 'nx/src/devkit-exports.js';
import tseslint from 'typescript-eslint';
import { house } from './tools/lint/house-plugin.mjs';
import { projectConstraints } from './tools/lint/project-constraints.mjs';

// The Nx rule is silently off when no project graph has been made yet: make it.
await createProjectGraphAsync({ exitOnError: false });

const source = ['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts'];
const tools = ['tools/**/*.mjs', 'tools/**/*.ts'];
const others = ['deploy/*/src/**/*.ts', 'e2e/**/*.ts', 'bench/**/*.ts'];
/** Tests, and what only tests use. */
const specs = ['**/*.spec.ts', '**/testing/**/*.ts', '**/spec/**/*.ts', '**/test-*.ts'];
/** The tools are no package: they are imported by their path. */
const toolsByPath = [String.raw`^(?:\.\./)+tools/`];
const linesMax = 200;
const functionLinesMax = 50;

const correctness = {
  '@typescript-eslint/await-thenable': 'error',
  '@typescript-eslint/ban-ts-comment': 'error',
  '@typescript-eslint/no-explicit-any': 'error',
  '@typescript-eslint/no-floating-promises': 'error',
  '@typescript-eslint/no-misused-promises': 'error',
  '@typescript-eslint/only-throw-error': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': [
    'error',
    { considerDefaultExhaustiveForUnions: true },
  ],
  'no-var': 'error',
  'prefer-const': 'error',
  eqeqeq: 'error',
};

const houseStyle = {
  'house/import-with-extension': 'error',
  'house/no-empty-names': 'error',
  'house/no-synchronize': 'error',
  'house/no-only-tests': 'error',
  'house/no-skipped-tests': 'error',
  'max-lines': ['error', { max: linesMax }],
};

const inSource = {
  'house/acknowledge-last': 'error',
  'house/no-export-star': 'error',
  'no-console': 'error',
};

export default tseslint.config(
  { ignores: ['**/dist/', '**/node_modules/', '.nx/', '.onepoint/', 'e2e/fences/breaches/'] },
  { linterOptions: { noInlineConfig: true } },
  {
    files: [...source, ...tools, ...others],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { '@typescript-eslint': tseslint.plugin, '@nx': nx, house },
    rules: {
      ...correctness,
      ...houseStyle,
      '@nx/enforce-module-boundaries': [
        'error',
        { depConstraints: projectConstraints, allow: toolsByPath },
      ],
    },
  },
  { files: source, ignores: specs, rules: inSource },
  {
    files: [...source, ...tools],
    ignores: specs,
    rules: { 'max-lines-per-function': ['error', { max: functionLinesMax, skipComments: true }] },
  },
  {
    files: source,
    ignores: [...specs, '**/main.ts', '**/migrate.ts', 'libs/platform/src/process/**'],
    rules: { 'house/no-process-env': 'error' },
  },
  {
    files: ['apps/*/src/domain/**/*.ts'],
    ignores: specs,
    rules: { 'house/no-clock-in-domain': 'error' },
  },
  { files: ['**/*.spec.ts'], rules: { 'house/test-asserts': 'error' } },
  {
    files: ['**/migrations/*.ts'],
    rules: { 'max-lines': 'off', 'max-lines-per-function': 'off' },
  },
);
