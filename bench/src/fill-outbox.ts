import { randomUUID } from 'node:crypto';
import type { Connection } from 'mysql2/promise';

const EVENTS_PER_ROW = 100;
const ROWS_PER_INSERT = 20;
const MEMBERS = 10_000;
const DAYS = 90;
const DAY_MS = 86_400_000;

/** Uses of many members over ninety days, one after the other as Deal would have told them; each is one event's JSON. */
export function usedEvents(count: number): string[] {
  const begin = Date.now() - DAYS * DAY_MS;
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(begin + Math.floor((index / count) * DAYS * DAY_MS)).toISOString();
    const id = randomUUID();
    const terms = { earnRateBps: 100, commissionBps: 200, earnChargeBps: 0 };
    const who = {
      dealId: index + 1,
      memberId: 1 + (index % MEMBERS),
      merchantId: 1 + (index % 50),
    };
    return JSON.stringify({
      ...{ id, type: 'deal.used', version: 1, source: 'deal', subject: `deal/${index + 1}` },
      ...{ occurredAt: at, sequence: 1, correlationId: id },
      data: { ...who, dealAmount: 10_000, point: 100, dealDate: at, ...terms },
    });
  });
}

/** Leaves them unsent in an outbox, a hundred to a row as a busy service does. */
export async function fillOutbox(
  connection: Connection,
  table: string,
  events: readonly string[],
): Promise<void> {
  const rows: [number, string, number][] = [];
  for (let from = 0; from < events.length; from += EVENTS_PER_ROW) {
    const some = events.slice(from, from + EVENTS_PER_ROW);
    rows.push([some.length, `[\n${some.join(',\n')}\n]`, Date.now()]);
  }
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
    const values = rows.slice(from, from + ROWS_PER_INSERT);
    await connection.query(`INSERT INTO ${table} (event_count, events, created_at) VALUES ?`, [
      values,
    ]);
  }
}
