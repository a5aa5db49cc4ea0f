// The load driver, a process of its own: closed loop, keep-alive, one connection for each client.
//   node dist/drive.js '{"urls":["http://127.0.0.1:8085/deals"],"clients":64,"seconds":10,…}'
import { setTimeout as wait } from 'node:timers/promises';
import { Pool } from 'undici';
import type { DriveOrder, DriveReport } from './drive-load.ts';
import { percentile } from './figures/percentile.ts';

const order = JSON.parse(process.argv[2] ?? '{}') as DriveOrder;
const { pathname } = new URL(order.urls[0] ?? '');
const each = Math.ceil(order.clients / order.urls.length);
const pools = order.urls.map(
  (url) => new Pool(new URL(url).origin, { connections: each, pipelining: 1 }),
);

const run = process.pid.toString(36) + Date.now().toString(36);
/** Phones that no earlier run has used. */
const phones = Date.now() % 1e9;
let sent = 0;

function headersOf(): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (order.credential !== null) headers['authorization'] = `Bearer ${order.credential}`;
  if (order.withKeys) headers['idempotency-key'] = `${run}-${sent}`;
  return headers;
}

function bodyOf(): string {
  if (order.what === 'sign-up') {
    return `{"name":"Bench ${sent}","phone":"${phones}${String(sent).padStart(6, '0')}"}`;
  }
  const memberId = order.firstMember + Math.floor(Math.random() * order.members);
  const merchantId = order.firstMerchant + Math.floor(Math.random() * order.merchants);
  return `{"memberId":${memberId},"merchantId":${merchantId},"dealAmount":1000,"type":"use","point":1}`;
}

async function one(client: number): Promise<{ ok: boolean; tookMs: number }> {
  sent += 1;
  const startedAt = performance.now();
  const response = await pools[client % pools.length]!.request({
    method: 'POST',
    path: pathname,
    headers: headersOf(),
    body: bodyOf(),
  });
  const text = await response.body.text();
  const done = order.what === 'sign-up' || text.includes('"status":"success"');
  return { ok: response.statusCode === 201 && done, tookMs: performance.now() - startedAt };
}

let left = order.warmUp;
await Promise.all(
  Array.from({ length: order.clients }, async (_, client) => {
    while (left-- > 0) await one(client);
  }),
);
const took: number[] = [];
let errors = 0;
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
const endAt = startedAt + order.seconds * 1_000;
await Promise.all(
  Array.from({ length: order.clients }, async (_, client) => {
    while (performance.now() < endAt) {
      const { ok, tookMs } = await one(client);
      if (ok) took.push(tookMs);
      else errors += 1;
      if (order.pauseMs > 0) await wait(order.pauseMs);
    }
  }),
);
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
for (const pool of pools) await pool.close();
