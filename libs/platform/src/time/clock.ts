import { Injectable } from '@nestjs/common';

/** Where "now" comes from. Injected, so that a test can set it. */
export abstract class Clock {
  /** Epoch milliseconds, UTC. */
  abstract now(): number;
}

/** The machine's clock. */
@Injectable()
export class SystemClock extends Clock {
  now(): number {
    return Date.now();
  }
}
