import { Inject, Injectable, Logger } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Metrics, batchObserver } from '@onepoint/platform';
import type { Deal, DealType } from '../domain/deal.ts';
import { PointGateway, PointUnavailable } from '../domain/point-gateway.ts';
import type { PointAnswer } from '../domain/point-gateway.ts';
import { CallLane, CallNotBegun } from './call-lane.ts';
import { PointBreaker } from './point-breaker.ts';
import type { BreakerState } from './point-breaker.ts';
import { PointClient } from './point-client.ts';

/** The way to Point as configured. */
export interface PointGatewayOptions {
  readonly url: string;
  readonly serviceToken: string | null;
  /** A use waits this long at most (domain: 610 ms). */
  readonly useBudgetMs: number;
  /** Saves and cancels try this long, then leave it to the event. */
  readonly directBudgetMs: number;
}

/** Injection token of the {@link PointGatewayOptions}. */
export const POINT_GATEWAY_OPTIONS = Symbol('POINT_GATEWAY_OPTIONS');

/** Uses get most of the way; the others can never take it from them. */
const SHARES: Record<DealType, { requestsMax: number; callersMax: number }> = {
  use: { requestsMax: 4, callersMax: 2_000 },
  save: { requestsMax: 2, callersMax: 500 },
  saveCancel: { requestsMax: 1, callersMax: 128 },
  useCancel: { requestsMax: 1, callersMax: 128 },
};

/** One kind's way: its bulkhead and its own verdict on Point. */
interface Way {
  readonly lane: CallLane;
  readonly breaker: PointBreaker;
}

/**
 * Point over HTTP: a bulkhead and a breaker for each kind of deal. Not one breaker for all: saves and
 * cancels have a shorter budget than uses, so a Point that is too slow for them may still be in time
 * for a use, and a flood of them must not shut the way for uses (P7).
 */
@Injectable()
export class HttpPointGateway extends PointGateway implements OnApplicationShutdown {
  private readonly logger = new Logger('PointGateway');
  private readonly client: PointClient;
  private readonly ways: Record<DealType, Way>;
  private readonly count: (type: DealType, outcome: string) => void;

  constructor(
    @Inject(POINT_GATEWAY_OPTIONS) private readonly options: PointGatewayOptions,
    metrics: Metrics,
  ) {
    super();
    const connectionsMax = Object.values(SHARES).reduce((sum, each) => sum + each.requestsMax, 0);
    const { url, serviceToken, useBudgetMs } = options;
    this.client = new PointClient({ url, serviceToken, connectionsMax, timeoutMs: useBudgetMs });
    const state = metrics.gauge({
      name: 'onepoint_point_breaker_open',
      help: '1 while the breaker to Point is open, 0.5 while it probes, 0 while it is closed',
      labelNames: ['kind'],
    });
    const wayOf = (kind: DealType): Way => {
      state.set({ kind }, 0);
      const onState = (now: BreakerState): void => {
        state.set({ kind }, { closed: 0, 'half-open': 0.5, open: 1 }[now]);
        this.logger.warn(`breaker to Point for ${kind}: ${now}`);
      };
      return { lane: this.laneOf(kind, metrics), breaker: newBreaker(onState) };
    };
    this.ways = {
      use: wayOf('use'),
      save: wayOf('save'),
      saveCancel: wayOf('saveCancel'),
      useCancel: wayOf('useCancel'),
    };
    const calls = metrics.counter({
      name: 'onepoint_point_calls_total',
      help: 'Calls to Point by kind of deal and outcome',
      labelNames: ['kind', 'outcome'],
    });
    this.count = (kind, outcome) => calls.inc({ kind, outcome });
  }

  async apply(deal: Deal): Promise<PointAnswer> {
    const { lane, breaker } = this.ways[deal.type];
    try {
      if (lane.full) throw new CallNotBegun();
      const answer = await breaker.call(() => lane.call(deal));
      if (deal.type !== 'use') await this.ways.use.breaker.hearAnswer();
      this.count(deal.type, answer.outcome);
      return answer;
    } catch (error) {
      this.count(deal.type, error instanceof PointUnavailable ? error.debit : 'error');
      throw error;
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
  }

  private laneOf(type: DealType, metrics: Metrics): CallLane {
    const { useBudgetMs, directBudgetMs } = this.options;
    return new CallLane({
      name: `point-calls-${type}`,
      client: this.client,
      ...SHARES[type],
      budgetMs: type === 'use' ? useBudgetMs : directBudgetMs,
      observe: batchObserver(metrics),
    });
  }
}

function newBreaker(onState: (state: BreakerState) => void): PointBreaker {
  return new PointBreaker({
    failureShare: 0.5,
    windowMs: 10_000,
    // Twenty calls in the window: fewer failures than that are chance, not evidence.
    callsPerSecondMin: 2,
    pauseMs: 1_000,
    pauseMaxMs: 8_000,
    onState,
  });
}
