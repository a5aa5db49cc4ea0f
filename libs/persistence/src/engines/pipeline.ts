import { format } from 'mysql2';
import type { PoolConnection } from 'mysql2';
import { fromDriver } from '../errors/engine-errors.ts';
import type { SqlParameter } from '../sql.ts';

/** What the server said to one statement. */
export interface Answer {
  /** Rows, or the header of a change. */
  readonly raw: unknown;
  readonly fields: readonly { readonly name: string; readonly columnType?: number }[];
}

/** Stops the packet that it travels in unless what follows is true; see create-must-hold.ts. */
const STOP = 'INSERT INTO must_hold (must_hold) SELECT NULL FROM DUAL WHERE NOT';

interface Statement {
  /** As errors show it: without values (P13). */
  readonly sql: string;
  /** As it is sent. */
  readonly text: string;
  /** What must be true for the packet to go on: this statement does nothing else than stop it otherwise. */
  readonly condition?: string;
  /** The column that cannot be null, and is where a condition that travels in it does not hold. */
  readonly carrier?: string | undefined;
  /** Told of the answer, if there is one, but not waiting for it. */
  readonly heard?: ((answer: Answer) => void) | undefined;
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
    this.laterText(sql, withValues(sql, values));
  }

  /** The same with the values in it already. */
  laterText(sql: string, text: string, more: Pick<Statement, 'heard' | 'carrier'> = {}): void {
    this.queue.push({ sql, text, ...more });
  }

  /** A condition, in SQL, in a statement of its own, unless what follows takes it along. */
  require(condition: string): void {
    this.queue.push({ sql: STOP, text: `${STOP} (${condition})`, condition });
  }

  /** The condition that was given last, if nothing has come after it: it is the caller's to send now. */
  takeCondition(): string | undefined {
    const condition = this.queue.at(-1)?.condition;
    if (condition !== undefined) this.queue.pop();
    return condition;
  }

  send(sql: string, values: readonly SqlParameter[]): Promise<Answer> {
    return this.sendText(sql, withValues(sql, values));
  }

  /** The same with the values in it already. */
  sendText(sql: string, text: string): Promise<Answer> {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>();
    this.queue.push({ sql, text, waiter: { resolve, reject } });
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
    const sql = packet.map(({ text }) => text).join(';\n');
    // No values: the driver need not look for places to put them.
    this.raw.query({ sql, values: null, timeout: this.timeoutMs }, (error, raw, fields) => {
      if (error) this.fail(packet, reasonOf(error, packet));
      else answer(packet, raw, fields);
    });
  }

  private fail(packet: readonly Statement[], error: unknown): void {
    // To begin a transaction fails only with the connection.
    this.failedTogether = packet.filter(({ sql }) => sql !== 'START TRANSACTION').length > 1;
    for (const { waiter } of packet) waiter?.reject(error);
  }
}

function reasonOf(error: unknown, packet: readonly Statement[]): Error {
  const carriers = packet.flatMap(({ carrier }) => (carrier === undefined ? [] : [carrier]));
  return fromDriver(error, packet.map(({ sql }) => sql).join(';\n'), carriers);
}

/** mysql2 gives the one result of one statement, and a list of results for several. */
function answer(packet: readonly Statement[], raw: unknown, fields: unknown): void {
  const isAlone = packet.length === 1;
  for (const [place, { waiter, heard }] of packet.entries()) {
    if (!waiter && !heard) continue;
    const own = isAlone ? fields : (fields as unknown[])[place];
    const said: Answer = {
      raw: isAlone ? raw : (raw as unknown[])[place],
      fields: (own ?? []) as Answer['fields'],
    };
    heard?.(said);
    waiter?.resolve(said);
  }
}

/** A statement, or a part of one, with its values in it. */
export function withValues(sql: string, values: readonly SqlParameter[]): string {
  return values.length === 0 ? sql : format(sql, [...values]);
}
