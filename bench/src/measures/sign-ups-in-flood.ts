import { setTimeout as wait } from 'node:timers/promises';
import { drive } from '../drive-load.ts';
import type { DriveReport } from '../drive-load.ts';
import { caughtUp, newestDeal } from '../catch-up.ts';
import { median } from '../figures/percentile.ts';
import type { Figure } from '../report/bench-report.ts';
import type { BusyHouse } from './busy-house.ts';
import type { BenchOptions, Part } from './options.ts';

/** A sign-up desk: some people at once, each with a moment between two forms. */
const DESKS = 4;
const PAUSE_MS = 50;
const FLOOD_CLIENTS = 64;
/** The flood stands before the first sign-up, and after the last. */
const FLOOD_MARGIN_S = 2;
const GOAL_SECONDS = 5;

interface Round {
  readonly idle: DriveReport;
  readonly flooded: DriveReport;
  readonly flood: DriveReport;
}

/** S7: sign-ups with nothing else going on, and beside a flood of deals, in alternation. */
export async function signUpsInFlood(
  { system, connection, members }: BusyHouse,
  { rounds, seconds, say }: BenchOptions,
): Promise<Part> {
  const { urls, operatorToken, merchantId, merchantKey, databasePrefix } = system;
  const signUps = (): Promise<DriveReport> =>
    drive({
      ...{ urls: [`${urls.member}/members`], what: 'sign-up', clients: DESKS, seconds },
      ...{ credential: operatorToken, withKeys: true, warmUp: 20, pauseMs: PAUSE_MS },
    });
  const flood = (): Promise<DriveReport> =>
    drive({
      ...{ urls: [`${urls.deal}/deals`], clients: FLOOD_CLIENTS, members },
      ...{ seconds: seconds + 2 * FLOOD_MARGIN_S, firstMerchant: merchantId },
      ...{ credential: merchantKey, withKeys: true },
    });
  const seen: Round[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const newest = await newestDeal(connection, databasePrefix);
    const idle = await signUps();
    const [flooding, flooded] = await Promise.all([
      flood(),
      wait(FLOOD_MARGIN_S * 1_000).then(signUps),
    ]);
    seen.push({ idle, flooded, flood: flooding });
    await caughtUp(connection, databasePrefix, newest);
    say(
      `S7, round ${round}: p99 of sign-ups ${idle.p99Ms.toFixed(1)} ms idle, ` +
        `${flooded.p99Ms.toFixed(1)} ms in the flood; errors ${idle.errors}/${flooded.errors}`,
    );
  }
  const atGoalSize = seconds >= GOAL_SECONDS && rounds >= 3;
  return {
    measures: [{ id: 'S7', atGoalSize, figures: figuresOf(seen) }],
    rounds: { signUps: seen },
  };
}

function figuresOf(seen: readonly Round[]): Figure[] {
  const middle = (of: (round: Round) => number): number => median(seen.map(of));
  const ratio = middle(({ idle, flooded }) => flooded.p99Ms / idle.p99Ms);
  const [idle, flooded] = [
    middle((round) => round.idle.p99Ms),
    middle((round) => round.flooded.p99Ms),
  ];
  const errors = seen.reduce((sum, round) => sum + round.idle.errors + round.flooded.errors, 0);
  return [
    { what: 'ratio', value: ratio, unit: '×', better: 'less', goal: 3 },
    { what: 'idle', value: idle, unit: 'ms', better: 'less' },
    { what: 'in the flood', value: flooded, unit: 'ms', better: 'less' },
    { what: 'refused', value: errors, unit: '', better: 'less' },
  ];
}
