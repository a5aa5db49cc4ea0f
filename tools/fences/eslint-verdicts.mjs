// What eslint says about the planted breaches, as JSON for e2e/fences: a process of its own, because eslint, its
// configuration and the Nx graph want a plain Node around them.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import nx from '@nx/eslint-plugin';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { root } from '../install.mjs';

const boundaries = '@nx/enforce-module-boundaries';
const breaches = `${root}/e2e/fences/breaches`;
const files = process.argv.slice(2);

const inRealTree = new ESLint({ cwd: root });
const inBreaches = new ESLint({ cwd: breaches, overrideConfigFile: `${root}/eslint.config.mjs` });

/** The Nx rule goes by the project that a file lies in: judge each breach as if it lay in the real tree. @param {string} file */
async function judgeBoundaries(file) {
  const path = `${root}/${file}`;
  const real = await inRealTree.calculateConfigForFile(path);
  const alone = new ESLint({
    cwd: root,
    overrideConfigFile: true,
    baseConfig: {
      files: ['**/*.ts'],
      languageOptions: { parser: /** @type {import('eslint').Linter.Parser} */ (tseslint.parser) },
      plugins: {
        '@nx': /** @type {import('eslint').ESLint.Plugin} */ (/** @type {unknown} */ (nx)),
      },
      rules: { [boundaries]: real.rules[boundaries] },
    },
  });
  const [result] = await alone.lintText(readFileSync(`${breaches}/${file}`, 'utf8'), {
    filePath: path,
  });
  const told = result?.messages ?? [];
  return told.filter(({ ruleId }) => ruleId === boundaries).map(({ message }) => message);
}

/** Every rule that is on for any of the breaches, with the severities that it has. */
async function collectSeverities() {
  /** @type {Record<string, number[]>} */
  const severities = {};
  for (const file of files) {
    const { rules } = await inBreaches.calculateConfigForFile(`${breaches}/${file}`);
    for (const [rule, [severity]] of Object.entries(rules)) {
      if (severity > 0) severities[rule] = [...new Set([...(severities[rule] ?? []), severity])];
    }
  }
  return severities;
}

/** @type {Record<string, string[]>} */
const rulesBroken = {};
for (const { filePath, messages } of await inBreaches.lintFiles(files)) {
  rulesBroken[relative(breaches, filePath)] = messages
    .filter(({ severity }) => severity === 2)
    .map(({ ruleId, message }) => ruleId ?? message);
}
/** @type {Record<string, string[]>} */
const boundariesBroken = {};
for (const file of files) boundariesBroken[file] = await judgeBoundaries(file);

process.stdout.write(
  JSON.stringify({ rulesBroken, boundariesBroken, severities: await collectSeverities() }),
);
