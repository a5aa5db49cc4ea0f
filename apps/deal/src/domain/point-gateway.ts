import type { Deal, DebitFate } from './deal.ts';

/** What Point made of a deal's change. */
export interface PointAnswer {
  readonly outcome: 'applied' | 'refused' | 'void' | 'waiting';
  readonly reason: string | null;
}

/**
 * Point did not answer: down, too slow, or the breaker or a bulkhead kept the call back.
 * `not-sent` means that no byte left; `unknown` that the change may or may not have happened.
 */
export class PointUnavailable extends Error {
  override readonly name = 'PointUnavailable';

  constructor(
    readonly debit: Extract<DebitFate, 'not-sent' | 'unknown'>,
    options?: ErrorOptions,
  ) {
    super(`Point is unavailable (debit ${debit})`, options);
  }
}

/** The way out to Point. */
export abstract class PointGateway {
  /**
   * Asks Point to apply the deal's change, within the time budget of its kind.
   *
   * @throws PointUnavailable when there is no answer in time
   */
  abstract apply(deal: Deal): Promise<PointAnswer>;
}
