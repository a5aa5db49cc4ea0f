import type { Logger } from 'pino';
import { currentSurrounding, runSurrounded } from './request-context.ts';
import type { RequestContext, Surrounding } from './request-context.ts';
import { continueTrace } from './traceparent.ts';

/**
 * What surrounds work that goes on from elsewhere, such as a message's: one object for each, and its trace goes on
 * only when somebody asks for it, which few do. Made where the work begins: it logs as its surroundings do.
 */
export class ContinuedWork implements RequestContext, Surrounding {
  readonly logger: Logger | undefined = currentSurrounding()?.logger;
  #traceparent: string | undefined;

  /** @param incoming the `traceparent` that came with it, if any; a malformed one is none */
  constructor(
    readonly requestId: string,
    readonly correlationId: string,
    private readonly incoming: string | null,
  ) {}

  get traceparent(): string {
    return (this.#traceparent ??= continueTrace(this.incoming ?? undefined));
  }

  /** Runs `work` in this context; its log lines and what it says carry the ids. */
  run<T>(work: () => T): T {
    return runSurrounded(this, work);
  }
}
