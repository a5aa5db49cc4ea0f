import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePorts } from '../../../tools/servers/free-port.mjs';
import { ownServersFolder } from '../../../tools/servers/left-behind.mjs';
import { drive } from '../drive-load.ts';
import { median } from '../figures/percentile.ts';
import { serviceNames, urlsAt } from '../production-environment.ts';
import type { ServiceUrls } from '../production-environment.ts';
import { startProgram } from '../programs.ts';
import type { Program } from '../programs.ts';
import { residentMiB } from '../resident-memory.ts';
import type { BenchOptions, Part } from './options.ts';

const MAIN = resolve(import.meta.dirname, '../../../deploy/standalone/dist/main.js');
const STARTS = 3;
/** A merchant that every standalone starts with. */
const MERCHANT = 20;
const MEMBERS = 10;
const LOAD = { clients: 8, seconds: 5 } as const;
const MB_PER_MIB = 1.048576;

interface Start {
  readonly readySeconds: number;
  readonly freshMB: number;
  readonly loadedMB: number;
  /** Uses a second of the short load. */
  readonly perSecond: number;
}

/** S9: the standalone, built: how soon it is ready, and its resident memory then and after a short load. */
export async function standaloneStart(
  stops: (() => Promise<void>)[],
  { say }: Pick<BenchOptions, 'say'>,
): Promise<Part> {
  const starts: Start[] = [];
  for (let start = 1; start <= STARTS; start += 1) {
    const seen = await startOnce(stops);
    starts.push(seen);
    say(
      `S9: ready in ${seen.readySeconds.toFixed(2)} s, ${seen.freshMB.toFixed(0)} MB, ` +
        `${seen.loadedMB.toFixed(0)} MB after ${seen.perSecond.toFixed(0)} uses/s`,
    );
  }
  const middle = (of: (start: Start) => number): number => median(starts.map(of));
  return {
    measures: [
      {
        ...{ id: 'S9', atGoalSize: true },
        figures: [
          {
            ...{ what: 'ready in', value: middle(({ readySeconds }) => readySeconds) },
            ...{ unit: 's', better: 'less', goal: 3 },
          },
          {
            ...{ what: 'right after', value: middle(({ freshMB }) => freshMB) },
            ...{ unit: 'MB', better: 'less', goal: 250 },
          },
          {
            ...{ what: 'after a short load', value: middle(({ loadedMB }) => loadedMB) },
            ...{ unit: 'MB', better: 'less' },
          },
        ],
      },
    ],
    rounds: { standalone: starts },
  };
}

async function startOnce(stops: (() => Promise<void>)[]): Promise<Start> {
  const folder = ownServersFolder('bench');
  mkdirSync(folder, { recursive: true });
  const ports = await freePorts(serviceNames.length);
  const urls = urlsAt(ports);
  const portsOf = serviceNames.map((name, at) => [`${name.toUpperCase()}_PORT`, String(ports[at])]);
  const startedAt = performance.now();
  const program = await startProgram({
    name: 'standalone',
    file: MAIN,
    env: {
      ...{ PATH: process.env['PATH'], ONEPOINT_DATA: join(folder, 'data') },
      ...{ POINT_URL: urls.point, DEAL_URL: urls.deal, ...Object.fromEntries(portsOf) },
    },
    // Deal is the last that is started.
    readyUrl: `${urls.deal}/health/ready`,
    logFile: join(folder, 'standalone.log'),
  });
  const readySeconds = (performance.now() - startedAt) / 1_000;
  stops.push(() => program.stop());
  try {
    return { readySeconds, ...(await memoryUnderLoad(program, urls)) };
  } finally {
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function memoryUnderLoad(
  { pid }: Program,
  urls: ServiceUrls,
): Promise<Omit<Start, 'readySeconds'>> {
  const freshMB = (await residentMiB(pid)) * MB_PER_MIB;
  await joinMembers(urls);
  const { perSecond } = await drive({
    ...{ urls: [`${urls.deal}/deals`], members: MEMBERS, firstMerchant: MERCHANT, ...LOAD },
    warmUp: 10,
  });
  return { freshMB, loadedMB: (await residentMiB(pid)) * MB_PER_MIB, perSecond };
}

/** Members with points enough for the load. */
async function joinMembers(urls: ServiceUrls): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const post = async (url: string, body: unknown): Promise<void> => {
    const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    await answer.body?.cancel();
  };
  for (let member = 1; member <= MEMBERS; member += 1) {
    await post(`${urls.member}/members`, {
      name: `Bench ${member}`,
      phone: `0100000${1000 + member}`,
    });
    const save = {
      memberId: member,
      merchantId: MERCHANT,
      dealAmount: 1_000_000_000,
      type: 'save',
    };
    await post(`${urls.deal}/deals`, save);
  }
  // Their points come by event.
  const giveUpAt = performance.now() + 10_000;
  while (performance.now() < giveUpAt) {
    const answer = await fetch(`${urls.point}/points/${MEMBERS}`);
    const { point = 0 } = (await answer.json()) as { point?: number };
    if (point > 0) return;
    await wait(50);
  }
}
