import type { PoolConnection } from 'mysql2';
import { fromDriver } from '../errors/engine-errors.ts';
import type { SqlParameter } from '../sql.ts';

/** What the server said to one statement. */
export interface Answer {
  /** Rows, or the header of a change. */
  readonly raw: unknown;
  readonly fields: readonly { readonly name: string; readonly columnType?: number }[];
}

interface Statement {
  readonly sql: string;
  readonly values: readonly SqlParameter[];
  /** Absent where nobody waits for the answer. */
  readonly waiter?: {
    readonly resolve: (answer: Answer) => void;
    readonly reject: (error: unknown) => void;
  };
}

/**
 * Sends the statements of one connection in as few packets as their order allows: those that nobody waits for go with
 * the next that somebody does, and those begun in the same turn go together. Each packet costs both sides a wake-up, more
 * than a small statement does. The server stops at the first that fails and does not say which one it was: then all of
 * its packet have failed.
 */
export class Pipeline {
  private queue: Statement[] = [];
  private scheduled = false;
  private packets = 0;
  private failedTogether = false;

  constructor(
    private readonly raw: PoolConnection,
    private readonly timeoutMs: number,
  ) {}

  /** Statements not sent yet. */
  get waiting(): number {
    return this.queue.length;
  }

  get hasSent(): boolean {
    return this.packets > 0;
  }

  /** Whether the packet that failed last held more than one statement that could fail. */
  get sentTogether(): boolean {
    return this.failedTogether;
  }

  later(sql: string, values: readonly SqlParameter[]): void {
    this.queue.push({ sql, values });
  }

  send(sql: string, values: readonly SqlParameter[]): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.queue.push({ sql, values, waiter: { resolve, reject } });
    if (!this.scheduled) {
      this.scheduled = true;
      queueMicrotask(() => this.sendAll());
    }
    return promise;
  }

  /** Sends what waits, now. */
  async flush(): Promise<void> {
    if (this.queue.length === 0) return;
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    const last = this.queue.pop()!;
    this.queue.push(last.waiter ? last : { ...last, waiter: { resolve, reject } });
    this.sendAll();
    if (!last.waiter) await promise;
  }

  /** Drops what was not sent and nobody waits for. */
  forget(): void {
    this.queue = this.queue.filter(({ waiter }) => waiter);
  }

  private sendAll(): void {
    this.scheduled = false;
    const packet = this.queue;
    this.queue = [];
    if (packet.length === 0) return;
    this.packets += 1;
    const sql = packet.map((statement) => statement.sql).join(';\n');
    const values = packet.flatMap((statement) => statement.values) as SqlParameter[];
    this.raw.query({ sql, values, timeout: this.timeoutMs }, (error, raw, fields) => {
      if (error) this.fail(packet, fromDriver(error, sql));
      else answer(packet, raw, fields);
    });
  }

  private fail(packet: readonly Statement[], error: unknown): void {
    // To begin a transaction fails only with the connection.
    this.failedTogether = packet.filter(({ sql }) => sql !== 'START TRANSACTION').length > 1;
    for (const { waiter } of packet) waiter?.reject(error);
  }
}

/** mysql2 gives the one result of one statement, and a list of results for several. */
function answer(packet: readonly Statement[], raw: unknown, fields: unknown): void {
  const isAlone = packet.length === 1;
  for (const [place, { waiter }] of packet.entries()) {
    if (!waiter) continue;
    const own = isAlone ? fields : (fields as unknown[])[place];
    waiter.resolve({
      raw: isAlone ? raw : (raw as unknown[])[place],
      fields: (own ?? []) as Answer['fields'],
    });
  }
}
