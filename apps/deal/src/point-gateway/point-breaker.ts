import {
  BrokenCircuitError,
  CircuitState,
  ExponentialBackoff,
  SamplingBreaker,
  circuitBreaker,
  handleWhen,
} from 'cockatiel';
import type { CircuitBreakerPolicy } from 'cockatiel';
import { PointUnavailable } from '../domain/point-gateway.ts';
import { CallNotBegun } from './call-lane.ts';

/** When the breaker opens and tries again. */
export interface PointBreakerOptions {
  /** Share of failed calls, 0 to 1, over {@link windowMs} at which it opens. */
  readonly failureShare: number;
  readonly windowMs: number;
  /** Fewer calls a second than this are no evidence. */
  readonly callsPerSecondMin: number;
  /** First pause before a probe; it doubles up to {@link pauseMaxMs}. */
  readonly pauseMs: number;
  readonly pauseMaxMs: number;
  readonly onState: (state: BreakerState) => void;
}

export type BreakerState = 'closed' | 'open' | 'half-open';

/**
 * Keeps callers from waiting for a Point that does not answer (P7). It counts callers, not requests,
 * and only missing answers: a refusal is an answer, and a call that was never begun says nothing.
 * While it probes, one caller goes through and the others are answered at once instead of waiting
 * for the verdict.
 */
export class PointBreaker {
  private readonly policy: CircuitBreakerPolicy;
  private isProbing = false;

  constructor(options: PointBreakerOptions) {
    this.policy = circuitBreaker(
      handleWhen((error) => this.isFailure(error)),
      {
        breaker: new SamplingBreaker({
          threshold: options.failureShare,
          duration: options.windowMs,
          minimumRps: options.callsPerSecondMin,
        }),
        halfOpenAfter: new ExponentialBackoff({
          initialDelay: options.pauseMs,
          maxDelay: options.pauseMaxMs,
        }),
      },
    );
    this.policy.onStateChange((state) => options.onState(nameOf(state)));
  }

  get state(): BreakerState {
    return nameOf(this.policy.state);
  }

  /**
   * Point has answered somebody else just now: as good as a probe of our own, when one is due. So a
   * save or cancel can open the way again, and nobody at a till has to wait for the verdict.
   */
  async hearAnswer(): Promise<void> {
    if (this.policy.state === CircuitState.Closed || this.isProbing) return;
    try {
      await this.policy.execute(() => undefined);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
    }
  }

  /** @throws PointUnavailable `not-sent` when the call is kept back, else what the call throws */
  async call<T>(work: () => Promise<T>): Promise<T> {
    if (this.policy.state === CircuitState.Closed) return this.through(work);
    if (this.isProbing) throw new PointUnavailable('not-sent');
    this.isProbing = true;
    try {
      return await this.through(work);
    } finally {
      this.isProbing = false;
    }
  }

  /** Whoever probes has to bring an answer: anything else keeps the breaker open. */
  private isFailure(error: unknown): boolean {
    if (this.policy.state !== CircuitState.Closed) return true;
    return error instanceof PointUnavailable && !(error instanceof CallNotBegun);
  }

  private async through<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await this.policy.execute(work);
    } catch (error) {
      if (error instanceof BrokenCircuitError) {
        throw new PointUnavailable('not-sent', { cause: error });
      }
      throw error;
    }
  }
}

function nameOf(state: CircuitState): BreakerState {
  switch (state) {
    case CircuitState.Closed:
      return 'closed';
    case CircuitState.HalfOpen:
      return 'half-open';
    case CircuitState.Open:
    case CircuitState.Isolated:
      return 'open';
    default:
      return state satisfies never;
  }
}
