import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { reasonOf } from '../transport/judge-delivery.ts';
import { jitteredDelayMs, pause } from '../transport/wait.ts';
import { untilNextMoment } from './next-moment.ts';
import { readRowsMax } from './read-unsent.ts';
import { leaseRenewMs, RelayLease } from './relay-lease.ts';
import { RelayTerm } from './relay-term.ts';
import type { RelayParts } from './relay-term.ts';

/** How often, without being woken, the outbox is looked at; commits of other processes ring no bell here. */
const pollMs = { mysql: 200, sqlite: 1_000 };
/**
 * The time between two reads while rows keep coming; the second comes a little sooner or later, at a moment of the
 * service's own ({@link untilNextMoment}). A row after a quiet moment goes at once; in a steady flow each read, its
 * confirms and its mark serve many rows, and the flushes to disk that they cost are not taken from the transactions that
 * the callers wait for.
 */
const readPaceMs = { mysql: 200, sqlite: 10 };
const standbyMs = 500;
const brokerWaitMs = 1_000;
const drainMaxMs = 5_000;
const troubleLongestMs = 5_000;

/**
 * Publishes what is in the outbox, in one process at a time. Woken by commits, looks by itself as a fallback.
 * While the broker or the database is away it waits, holding a bounded number of rows (P3, P4).
 */
export class Relay {
  readonly #stopping = new AbortController();
  readonly #lease: RelayLease;
  #running: Promise<void> | null = null;
  #leading = false;

  constructor(private readonly parts: RelayParts) {
    const owner = `${hostname().slice(0, 20)}:${process.pid}:${randomUUID().slice(0, 13)}`;
    this.#lease = new RelayLease(parts.db, owner);
  }

  /** Whether this relay is the one that publishes now. */
  get isLeading(): boolean {
    return this.#leading;
  }

  /** Idempotent. */
  start(): void {
    if (!this.#stopping.signal.aborted) this.#running ??= this.#run();
  }

  /** Begins no more rows, finishes those under way (5 s at most) and hands the lease on. Idempotent. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.parts.bell.ring();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted; failures += 1) {
      try {
        if (await this.#mayLead()) await this.#lead();
        failures = -1;
      } catch (error) {
        this.parts.logger.warn(`the relay waits: ${reasonOf(error)}`);
        await pause(jitteredDelayMs(failures, standbyMs, troubleLongestMs), signal);
      }
    }
  }

  /** Waits for the broker, then asks for the lease. */
  async #mayLead(): Promise<boolean> {
    const { transport } = this.parts;
    await transport.waitUntilUp(brokerWaitMs).catch(() => undefined);
    if (transport.status === 'down' || this.#stopping.signal.aborted) return false;
    const taken = await this.#lease.take();
    if (!taken) await pause(standbyMs, this.#stopping.signal);
    return taken;
  }

  async #lead(): Promise<void> {
    const term = new RelayTerm(this.parts, this.#lease, this.#stopping.signal);
    const renewal = setInterval(() => void this.#renew(term), leaseRenewMs).unref();
    this.#tellLeading(true);
    try {
      while (!this.#stopping.signal.aborted && !term.over.aborted) await this.#turn(term);
      await this.#finish(term);
    } finally {
      clearInterval(renewal);
      term.end();
      this.#tellLeading(false);
      await this.#lease.release().catch(() => undefined);
    }
  }

  async #turn(term: RelayTerm): Promise<void> {
    const { bell, db, transport } = this.parts;
    if (!this.#lease.isHeld) return term.end();
    const mayRead = term.hasRoom && transport.status === 'up';
    const begun = mayRead ? await term.beginRows() : 0;
    if (begun >= readRowsMax) return;
    if (begun > 0) await pause(this.#untilNextRead(), this.#stopping.signal);
    else await bell.heard(pollMs[db.dialect], this.#stopping.signal);
  }

  #untilNextRead(): number {
    const { db, service } = this.parts;
    return untilNextMoment(service, readPaceMs[db.dialect], Date.now());
  }

  async #finish(term: RelayTerm): Promise<void> {
    const deadline = performance.now() + drainMaxMs;
    const { bell } = this.parts;
    while (!term.isIdle && !term.over.aborted && performance.now() < deadline) {
      await bell.heard(deadline - performance.now(), term.over);
    }
  }

  /** A renewal that fails is tried again in a second; the lease's own time limit does the rest. */
  async #renew(term: RelayTerm): Promise<void> {
    const held = await this.#lease.renew().catch(() => this.#lease.isHeld);
    if (!held && !term.over.aborted) {
      this.parts.logger.warn('the relay lease was lost to another');
      term.end();
    }
  }

  #tellLeading(yes: boolean): void {
    this.#leading = yes;
    this.parts.observer.leading(yes);
  }
}
