import { createConnection } from 'mysql2/promise';
import type { Connection } from 'mysql2/promise';
import type { DriveReport } from '../drive-load.ts';
import { median } from '../figures/percentile.ts';
import { startOnePoint } from '../onepoint-system.ts';
import type { OnePointSystem } from '../onepoint-system.ts';
import { serviceNames } from '../production-environment.ts';
import { startServers } from '../private-servers.ts';
import { fillDeals } from '../stored/fill-deals.ts';
import { fillKnownMembers } from '../stored/fill-members.ts';
import { BALANCE } from './busy-house.ts';
import type { BenchOptions, Part } from './options.ts';
import { loadUses } from './use-load.ts';

const CLIENTS = 64;
const FEW_MEMBERS = 10_000;
const GOAL = { members: 1_000_000, deals: 10_000_000 } as const;
const MERCHANTS = 100;

/** A system, and how many members it has. */
interface Sized {
  readonly system: OnePointSystem;
  readonly members: number;
}

/** S8: two whole systems on the same servers, one new and one after years, in alternation. */
export async function usesWithMuchStored(
  stops: (() => Promise<void>)[],
  options: BenchOptions,
): Promise<Part> {
  const { s8Members, s8Deals, rounds, seconds, warmSeconds, bufferPoolMiB, say } = options;
  const servers = await startServers(stops, { bufferPoolMiB });
  const connection = await createConnection(servers.mysqlUrl);
  stops.push(() => connection.end());
  const start = async (databasePrefix: string, members: number): Promise<Sized> => {
    const wish = { databasePrefix, members, balance: BALANCE, merchants: MERCHANTS };
    const system = await startOnePoint(servers, wish);
    stops.push(() => system.stop());
    return { system, members };
  };
  const young = await start('young_', FEW_MEMBERS);
  const old = await start('old_', s8Members);
  const fillingAt = performance.now();
  await growOld(connection, old, s8Deals);
  const filledIn = (performance.now() - fillingAt) / 1_000;
  say(`S8: ${s8Deals} deals of ${s8Members} members stored in ${filledIn.toFixed(0)} s`);
  const load = ({ system, members }: Sized, lasting = seconds): Promise<DriveReport> =>
    loadUses(connection, system, {
      ...{ clients: CLIENTS, seconds: lasting, members, merchants: MERCHANTS },
    });
  for (const each of [young, old]) await load(each, warmSeconds);
  const seen: { young: DriveReport; old: DriveReport }[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    const ofYoung = await load(young);
    const ofOld = await load(old);
    seen.push({ young: ofYoung, old: ofOld });
    say(
      `S8, round ${round}: ${ofYoung.perSecond.toFixed(0)}/s with nothing stored, ` +
        `${ofOld.perSecond.toFixed(0)}/s with much`,
    );
  }
  const ratio = median(seen.map((round) => round.old.perSecond / round.young.perSecond));
  const rate = (of: 'young' | 'old'): number => median(seen.map((round) => round[of].perSecond));
  return {
    measures: [
      {
        ...{ id: 'S8', atGoalSize: s8Members >= GOAL.members && s8Deals >= GOAL.deals },
        figures: [
          { what: 'ratio', value: ratio, unit: '×', better: 'more', goal: 0.8 },
          { what: 'with much', value: rate('old'), unit: '/s', better: 'more' },
          { what: 'with nothing', value: rate('young'), unit: '/s', better: 'more' },
        ],
      },
    ],
    rounds: { stored: seen },
  };
}

async function growOld(
  connection: Connection,
  { system, members }: Sized,
  deals: number,
): Promise<void> {
  const { databasePrefix: prefix } = system;
  await system.stop();
  await fillKnownMembers(connection, prefix, { from: 1, to: members, balance: BALANCE });
  await fillDeals(connection, { prefix, count: deals, members, merchants: MERCHANTS });
  for (const name of serviceNames) await system.startOne(name);
}
