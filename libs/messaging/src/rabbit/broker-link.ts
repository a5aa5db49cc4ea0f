import { connect } from 'amqplib';
import type { Channel, ChannelModel } from 'amqplib';
import type { LoggerService } from '@nestjs/common';
import { BrokerAway } from '../transport/transport.errors.ts';
import { firstOf, jitteredDelayMs, pause } from '../transport/wait.ts';
import { reasonOf } from '../transport/judge-delivery.ts';

/** How one link to the broker is kept. */
export interface BrokerLinkOptions<C extends Channel> {
  readonly url: string;
  /** For the log: what the link is for. */
  readonly purpose: string;
  readonly logger: LoggerService;
  /** Opens and prepares the channel; called anew after every break. */
  readonly prepare: (connection: ChannelModel) => Promise<C>;
  readonly reconnect: ReconnectDelays;
}

/** Delays between attempts: the first, doubled each time up to the longest, with jitter. */
export interface ReconnectDelays {
  readonly firstMs: number;
  readonly longestMs: number;
  /** How long one attempt may take. Default 5 s. */
  readonly attemptMs?: number;
}

const attemptDefaultMs = 5_000;
/** Declaring queues on a busy cluster takes longer than connecting does. */
const preparesPerAttempt = 6;
const closeTimeoutMs = 5_000;
const heartbeatS = 10;

/**
 * One connection with one channel. Whichever of the two breaks, both are replaced, after a delay that grows
 * while it keeps failing; whoever used the old channel holds on to the old one and cannot mistake the new
 * one for it.
 */
export class BrokerLink<C extends Channel> {
  #connection: ChannelModel | null = null;
  #channel: C | null = null;
  #blocked = false;
  #cutter = new AbortController();
  #running: Promise<void> | null = null;
  readonly #closing = new AbortController();
  readonly #waiting = new Set<() => void>();

  constructor(private readonly options: BrokerLinkOptions<C>) {}

  /** The channel in use; null while there is none, or while the broker takes no publishes (flow alarm). */
  get channel(): C | null {
    return this.#blocked ? null : this.#channel;
  }

  /** Starts connecting, and keeps the link until {@link close}. Idempotent. */
  start(): void {
    if (!this.#closing.signal.aborted) this.#running ??= this.#run();
  }

  /** @throws BrokerAway when the link is not usable within the time */
  async waitUntilUp(timeoutMs: number): Promise<void> {
    this.start();
    if (this.channel !== null) return;
    const up = Promise.withResolvers<void>();
    this.#waiting.add(up.resolve);
    const how = await firstOf(up.promise, timeoutMs, this.#closing.signal);
    this.#waiting.delete(up.resolve);
    if (how === 'done') return;
    throw new BrokerAway(how === 'late' ? `not back within ${timeoutMs} ms` : 'closed');
  }

  /**
   * Cuts the connection at once; a new one follows. Not while the broker is blocked: a new connection would
   * be blocked just the same, and the old ones would pile up.
   */
  reset(why: string): void {
    if (this.#blocked) return;
    this.options.logger.warn(`${this.options.purpose}: connection reset: ${why}`);
    this.#cutter.abort();
  }

  /** Ends the link for good, in good order if the broker answers. Idempotent. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#closeGently();
    this.#cutter.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { firstMs, longestMs } = this.options.reconnect;
    let failures = 0;
    while (!this.#closing.signal.aborted) {
      const startedAt = Date.now();
      const why = await this.#session().catch(reasonOf);
      if (this.#closing.signal.aborted) return;
      failures = Date.now() - startedAt > longestMs ? 0 : failures + 1;
      const delayMs = Math.round(jitteredDelayMs(Math.max(failures - 1, 0), firstMs, longestMs));
      this.options.logger.warn(
        `${this.options.purpose}: no broker (${why}); next try in ${delayMs} ms`,
      );
      await pause(delayMs, this.#closing.signal);
    }
  }

  /** One connection from its birth to its end; resolves with why it ended. */
  async #session(): Promise<string> {
    const cutter = new AbortController();
    this.#cutter = cutter;
    const connection = await this.#connect(cutter.signal);
    // The first word counts: what follows a broken channel is our own cutting of its connection.
    let why: string | null = null;
    const note = (error: unknown): void => void (why ??= reasonOf(error));
    connection.on('error', note);
    connection.on('blocked', (reason) => this.#onBlocked(reason));
    connection.on('unblocked', () => this.#onUp(false));
    const ended = new Promise((resolve) => connection.on('close', resolve));
    const tooLong = setTimeout(() => cutter.abort(), this.#attemptMs * preparesPerAttempt);
    try {
      const channel = await this.options.prepare(connection);
      clearTimeout(tooLong);
      channel.on('error', note);
      channel.on('close', () => {
        if (!this.#closing.signal.aborted) cutter.abort();
      });
      this.#connection = connection;
      this.#channel = channel;
      this.#onUp(this.#blocked);
      await ended;
    } finally {
      clearTimeout(tooLong);
      this.#channel = null;
      this.#blocked = false;
      cutter.abort();
    }
    return why ?? 'connection closed';
  }

  get #attemptMs(): number {
    return this.options.reconnect.attemptMs ?? attemptDefaultMs;
  }

  /** The signal reaches net.connect: it is the only way to cut a socket that no longer answers. */
  async #connect(signal: AbortSignal): Promise<ChannelModel> {
    const url = new URL(this.options.url);
    if (!url.searchParams.has('heartbeat')) url.searchParams.set('heartbeat', String(heartbeatS));
    const socket = { timeout: this.#attemptMs, noDelay: true, signal };
    return connect(url.href, socket);
  }

  async #closeGently(): Promise<void> {
    const [connection, channel] = [this.#connection, this.#channel];
    if (connection === null || channel === null) return;
    const closed = (async () => {
      await channel.close();
      await connection.close();
    })().catch(() => undefined);
    await firstOf(closed, closeTimeoutMs, new AbortController().signal);
  }

  #onBlocked(reason: string): void {
    this.#blocked = true;
    this.options.logger.warn(`${this.options.purpose}: the broker takes no messages: ${reason}`);
  }

  #onUp(blocked: boolean): void {
    this.#blocked = blocked;
    if (this.channel === null) return;
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
