// One configuration for every project: `jest --rootDir <project>`.
// The test's cost is in its name: .spec.ts is pure, .int.spec.ts needs a real engine, e2e runs the system.
/** @type {import('jest').Config} */
export default {
  testEnvironment: 'node',
  // A busy machine is no failure: this only ends what hangs.
  testTimeout: 30_000,
  testEnvironmentOptions: { customExportConditions: ['onepoint-source', 'node', 'node-addons'] },
  extensionsToTreatAsEsm: ['.ts'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/fences/breaches/'],
  modulePathIgnorePatterns: [
    '/dist/',
    '/fences/breaches/',
    '<rootDir>/.nx/',
    '<rootDir>/.onepoint/',
  ],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        sourceMaps: 'inline',
        module: { type: 'es6' },
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
      },
    ],
  },
};
