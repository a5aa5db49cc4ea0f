// The load driver, a process of its own: closed loop, keep-alive, one connection for each client.
//   node dist/drive.js '{"url":"http://127.0.0.1:8085/deals","clients":64,"seconds":10,…}'
import { Pool } from 'undici';

/** What to drive, as the first argument in JSON. */
export interface DriveOrder {
  readonly url: string;
  readonly clients: number;
  readonly seconds: number;
  readonly members: number;
  readonly merchantId: number;
  /** Sent as Bearer; null for a system without access control. */
  readonly credential: string | null;
  /** Whether each request carries an Idempotency-Key of its own. */
  readonly withKeys: boolean;
  /** Requests before the counting begins, over all clients. */
  readonly warmUp: number;
}

/** What came of it. */
export interface DriveReport {
  readonly answers: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly errors: number;
  /** Share of one core that the driver itself used, 0 to 1. */
  readonly driverCpu: number;
}

const order = JSON.parse(process.argv[2] ?? '{}') as DriveOrder;
const { origin, pathname } = new URL(order.url);
const pool = new Pool(origin, { connections: order.clients, pipelining: 1 });

const run = process.pid.toString(36) + Date.now().toString(36);
let sent = 0;

function headersOf(): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (order.credential !== null) headers['authorization'] = `Bearer ${order.credential}`;
  if (order.withKeys) headers['idempotency-key'] = `${run}-${(sent += 1)}`;
  return headers;
}

async function one(): Promise<{ ok: boolean; tookMs: number }> {
  const memberId = 1 + Math.floor(Math.random() * order.members);
  const startedAt = performance.now();
  const response = await pool.request({
    method: 'POST',
    path: pathname,
    headers: headersOf(),
    body: `{"memberId":${memberId},"merchantId":${order.merchantId},"dealAmount":1000,"type":"use","point":1}`,
  });
  const text = await response.body.text();
  const ok = response.statusCode === 201 && text.includes('"status":"success"');
  return { ok, tookMs: performance.now() - startedAt };
}

let left = order.warmUp;
await Promise.all(
  Array.from({ length: order.clients }, async () => {
    while (left-- > 0) await one();
  }),
);
const took: number[] = [];
let errors = 0;
const cpuBefore = process.cpuUsage();
const startedAt = performance.now();
const endAt = startedAt + order.seconds * 1_000;
await Promise.all(
  Array.from({ length: order.clients }, async () => {
    while (performance.now() < endAt) {
      const { ok, tookMs } = await one();
      if (ok) took.push(tookMs);
      else errors += 1;
    }
  }),
);
const elapsedMs = performance.now() - startedAt;
const cpu = process.cpuUsage(cpuBefore);
took.sort((a, b) => a - b);
const at = (share: number): number => took[Math.floor((took.length - 1) * share)] ?? Number.NaN;
const report: DriveReport = {
  answers: took.length,
  perSecond: (took.length / elapsedMs) * 1_000,
  p50Ms: at(0.5),
  p99Ms: at(0.99),
  errors,
  driverCpu: (cpu.user + cpu.system) / 1_000 / elapsedMs,
};
process.stdout.write(`${JSON.stringify(report)}\n`);
await pool.close();
