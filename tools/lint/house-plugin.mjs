// House rules that no linter ships, each one a pattern in the syntax tree (https://eslint.org/docs/latest/extend/selectors)
// under a name of its own, so that each can be planted as a breach and seen to bite.

const relative = String.raw`/^\.{1,2}(\u002F|$)/`;
const withExtension = String.raw`/\.(ts|mjs|json)$/`;
const fromSource =
  'ImportDeclaration, ExportNamedDeclaration, ExportAllDeclaration, ImportExpression';
const testCall =
  'CallExpression:matches([callee.name=/^(it|test)$/], [callee.callee.object.name=/^(it|test)$/])';
const assertion =
  'CallExpression:matches([callee.name=/^(expect|assert|until)/], [callee.object.name=/^(expect|assert|fc)$/])';

/** @type {Record<string, { pattern: string; message: string }>} */
const patterns = {
  'import-with-extension': {
    pattern: `:matches(${fromSource})[source.value=${relative}]:not([source.value=${withExtension}])`,
    message: 'Import the file by its own name: ./x.ts.',
  },
  'no-export-star': {
    pattern: 'ExportAllDeclaration',
    message: 'Name what is exported.',
  },
  'no-only-tests': {
    pattern:
      'MemberExpression[object.name=/^(describe|it|test)$/][property.name="only"], CallExpression[callee.name=/^(fit|fdescribe)$/]',
    message: 'A test on its own hides all the others.',
  },
  'no-skipped-tests': {
    pattern:
      'CallExpression[callee.object.name=/^(describe|it|test)$/][callee.property.name=/^(skip|todo)$/], CallExpression[callee.name=/^(xit|xtest|xdescribe)$/]',
    message: 'A test that does not run proves nothing: mend it or delete it.',
  },
  'test-asserts': {
    pattern: `${testCall}:not(:has(${assertion}))`,
    message: 'A test without an assertion cannot fail.',
  },
  'no-empty-names': {
    pattern:
      ':matches(ClassDeclaration, TSInterfaceDeclaration, TSTypeAliasDeclaration)[id.name=/(^Base[A-Z]|Manager$|Helpers?$|Utils?$)/]',
    message: 'Say in the words of the field what it is.',
  },
  'no-synchronize': {
    pattern: 'Property[key.name="synchronize"][value.value=true]',
    message: 'Tables change by migrations only.',
  },
  'acknowledge-last': {
    pattern: 'Property[key.name="noAck"][value.value=true]',
    message: 'A message is acknowledged after its work is committed (P4).',
  },
  'no-clock-in-domain': {
    pattern:
      'NewExpression[callee.name="Date"][arguments.length=0], MemberExpression[object.name="Date"][property.name="now"], MemberExpression[object.name="performance"], MemberExpression[object.name="Math"][property.name="random"]',
    message: 'The domain is told the time, and draws no lots.',
  },
  'no-process-env': {
    pattern:
      'MemberExpression[object.name="process"][property.name="env"], MemberExpression[object.name="process"][property.value="env"], VariableDeclarator[init.name="process"] Property[key.name="env"], ImportDeclaration[source.value=/^(node:)?process$/]',
    message: 'The environment is read once, where the process starts, and handed on.',
  },
};

/** @param {{ pattern: string; message: string }} rule */
const ruleOf = ({ pattern, message }) => ({
  meta: { type: /** @type {const} */ ('problem'), docs: { description: message }, schema: [] },
  /** @param {import('eslint').Rule.RuleContext} context */
  create: (context) => ({
    /** @param {import('estree').Node} node */
    [pattern]: (node) => context.report({ node, message }),
  }),
});

/** @type {import('eslint').ESLint.Plugin} */
export const house = {
  meta: { name: 'house' },
  rules: Object.fromEntries(Object.entries(patterns).map(([name, rule]) => [name, ruleOf(rule)])),
};
