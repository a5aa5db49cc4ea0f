// The load driver, a process of its own: closed loop, keep-alive, one connection for each client.
//   node dist/drive.js '{"urls":["http://127.0.0.1:8085/deals"],"clients":64,"seconds":10,…}'
import { lineTo } from './drive/keep-alive-line.ts';
import type { Answer } from './drive/read-answer.ts';
import { requestTexts } from './drive/request-text.ts';
import type { DriveOrder, DriveReport } from './drive-load.ts';
import { percentile } from './figures/percentile.ts';

const order = JSON.parse(process.argv[2] ?? '{}') as DriveOrder;
const urlAt = (client: number): number => client % order.urls.length;
const lines = Array.from({ length: order.clients }, (_, client) =>
  lineTo(new URL(order.urls[urlAt(client)] ?? '')),
);
const requestText = requestTexts(order, {
  keys: process.pid.toString(36) + Date.now().toString(36),
  // That no earlier run has used.
  phones: String(Date.now() % 1e9),
});
let sent = 0;

function isDone(answer: Answer | null): boolean {
  if (answer?.status !== 201) return false;
  return order.what === 'sign-up' || answer.body.includes('"status":"success"');
}

/** What all clients do until there is nothing left to do. */
interface Work {
  readonly goesOn: () => boolean;
  readonly seen: (ok: boolean, tookMs: number) => void;
  readonly pauseMs: number;
}

/** Calls and no promises from one request to the next: they would cost as much as the request. */
function work(client: number, { goesOn, seen, pauseMs }: Work): Promise<void> {
  const [line, url] = [lines[client]!, urlAt(client)];
  return new Promise((ended) => {
    let startedAt = 0;
    const heard = (answer: Answer | null): void => {
      seen(isDone(answer), performance.now() - startedAt);
      if (pauseMs > 0) setTimeout(next, pauseMs);
      else next();
    };
    const next = (): void => {
      if (!goesOn()) return ended();
      sent += 1;
      startedAt = performance.now();
      line.send(requestText(url, sent), heard);
    };
    next();
  });
}

async function workAll(of: Work): Promise<void> {
  await Promise.all(lines.map((_, client) => work(client, of)));
}

let left = order.warmUp;
await workAll({ goesOn: () => left-- > 0, seen: () => undefined, pauseMs: 0 });
const took: number[] = [];
let errors = 0;
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
const endAt = startedAt + order.seconds * 1_000;
await workAll({
  goesOn: () => performance.now() < endAt,
  seen: (ok, tookMs) => {
    if (ok) took.push(tookMs);
    else errors += 1;
  },
  pauseMs: order.pauseMs,
});
const elapsedMs = performance.now() - startedAt;
const endedAt = Date.now();
const cpu = process.cpuUsage(cpuBefore);
const cpuMs = (cpu.user + cpu.system) / 1_000;
took.sort((a, b) => a - b);
const report: DriveReport = {
  answers: took.length,
  sent,
  perSecond: (took.length / elapsedMs) * 1_000,
  p50Ms: percentile(took, 0.5),
  p99Ms: percentile(took, 0.99),
  errors,
  driverCpu: cpuMs / elapsedMs,
  driverMs: cpuMs / Math.max(1, took.length + errors),
  endedAt,
};
process.stdout.write(`${JSON.stringify(report)}\n`);
for (const line of lines) line.hangUp();
