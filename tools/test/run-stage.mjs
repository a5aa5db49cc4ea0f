import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from '../install.mjs';
import { signalIfAlive } from '../servers/child-server.mjs';

/** @typedef {import('./stages.mjs').Stage} Stage */

/**
 * @typedef {object} Outcome
 * @property {string} stage
 * @property {'passed' | 'failed' | 'skipped'} result
 * @property {number} durationMs
 * @property {{ passed: number; failed: number; skipped: number } | null} tests null where none are counted
 * @property {string} [why]
 */

/** Ends the stage should we be killed outright. */
const leash = ['--import', pathToFileURL(join(root, 'tools/leash.mjs')).href];
const asEsm = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];

/** The process group of the stage that is running; 0 when none is. */
let running = 0;

/** Ends the stage that is running, with all that it started. */
export function endRunningStage() {
  if (running !== 0) signalIfAlive(-running, 'SIGKILL');
}

/**
 * Runs one stage with its output in ours.
 * @param {Stage} stage @param {string[]} extra further arguments of a Jest stage @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Outcome>}
 */
export async function runStage(stage, extra, env) {
  const startedAtMs = Date.now();
  const reportFolder = mkdtempSync(join(tmpdir(), 'onepoint-test-'));
  const report = join(reportFolder, 'jest.json');
  const words =
    stage.isJest === true
      ? [...asEsm, ...stage.command, ...extra, '--json', `--outputFile=${report}`]
      : stage.command;
  try {
    const why = await runToEnd(words, env, stage.withinMs);
    const tests = stage.isJest === true ? countTests(report) : null;
    const nothingTested = tests !== null && tests.passed + tests.failed === 0;
    const failed = why !== null || nothingTested || (tests?.failed ?? 0) > 0;
    return {
      stage: stage.name,
      result: failed ? 'failed' : 'passed',
      durationMs: Date.now() - startedAtMs,
      tests,
      ...(failed ? { why: nothingTested ? 'no test was run' : (why ?? 'tests failed') } : {}),
    };
  } finally {
    rmSync(reportFolder, { recursive: true, force: true });
  }
}

/**
 * @param {string[]} words @param {NodeJS.ProcessEnv} env @param {number} withinMs
 * @returns {Promise<string | null>} null when it ended well, otherwise why not
 */
function runToEnd(words, env, withinMs) {
  return new Promise((resolve) => {
    // Jest writes its report for people to stderr and the JSON, asked for, to stdout: the former is what we show.
    const child = spawn(process.execPath, [...leash, ...words], {
      cwd: root,
      env: { ...env, ONEPOINT_PARENT: String(process.pid) },
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    running = child.pid ?? 0;
    let isLate = false;
    const limit = setTimeout(() => {
      isLate = true;
      endRunningStage();
    }, withinMs);
    /** @param {string | null} why */
    const end = (why) => {
      clearTimeout(limit);
      // What a test started and left running is ended with it.
      endRunningStage();
      running = 0;
      resolve(isLate ? `not finished within ${withinMs / 1_000} s` : why);
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(code === 0 ? null : `exit code ${code ?? signal}`));
  });
}

/** @param {string} file Jest's JSON */
function countTests(file) {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    return {
      passed: Number(report.numPassedTests),
      // A file that could not be loaded has no tests to count; it counts as one.
      failed: Number(report.numFailedTests) + Number(report.numRuntimeErrorTestSuites),
      skipped: Number(report.numPendingTests) + Number(report.numTodoTests),
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
