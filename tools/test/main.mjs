// `npm test` and its parts: node tools/test/main.mjs <course> [further arguments for Jest]
import { endRunningStage, runStage } from './run-stage.mjs';
import { courses, stages } from './stages.mjs';
import { lastLineOf, summaryOf } from './summary.mjs';
import { provideTestServers } from './test-servers.mjs';

/** @typedef {import('./run-stage.mjs').Outcome} Outcome */
/** @typedef {import('./stages.mjs').Stage} Stage */
/** @typedef {import('./test-servers.mjs').TestServers} TestServers */

const interruptedExitCode = 130;
const isCi = process.env['CI'] === 'true';

/** @param {string} text */
const say = (text) => void process.stdout.write(`${text}\n`);

/** @param {string} course @returns {Stage[]} */
function stagesOf(course) {
  const names = courses[course];
  if (names === undefined) {
    throw new Error(`There is no course ${course}; there are ${Object.keys(courses).join(', ')}`);
  }
  return names.map((name) => stages[name]).filter((stage) => stage !== undefined);
}

/** @param {Stage} stage @param {TestServers} servers @returns {Outcome} */
function withoutServers(stage, servers) {
  say(
    [
      '',
      '!'.repeat(100),
      `!! ${stage.name} IS NOT TESTED: ${stage.what}`,
      ...servers.missing.map((why) => `!! ${why}`),
      '!'.repeat(100),
    ].join('\n'),
  );
  const result = isCi || servers.isBroken ? 'failed' : 'skipped';
  return { stage: stage.name, result, durationMs: 0, tests: null, why: 'no servers' };
}

/** @param {Stage[]} planned @param {string[]} extra */
async function runAll(planned, extra) {
  const needServers = planned.some((stage) => stage.needsServers === true);
  const servers = needServers ? await provideTestServers() : null;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, () => {
      endRunningStage();
      void (servers?.stop() ?? Promise.resolve()).finally(() => process.exit(interruptedExitCode));
    });
  }
  /** @type {Outcome[]} */
  const outcomes = [];
  try {
    for (const stage of planned) {
      if (stage.needsServers === true && servers !== null && servers.missing.length > 0) {
        outcomes.push(withoutServers(stage, servers));
        continue;
      }
      say(`\n── ${stage.name}: ${stage.what}`);
      outcomes.push(await runStage(stage, extra, { ...process.env, ...servers?.env }));
    }
  } finally {
    await servers?.stop();
  }
  return outcomes;
}

const [course = 'all', ...extra] = process.argv.slice(2);
const outcomes = await runAll(stagesOf(course), extra);
say(`\n${summaryOf(outcomes)}\n`);
say(lastLineOf(outcomes));
process.exitCode = outcomes.some(({ result }) => result === 'failed') ? 1 : 0;
