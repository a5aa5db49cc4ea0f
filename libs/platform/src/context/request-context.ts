import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';

/** What belongs to one piece of work, from the door it came in by to the events it causes. */
export interface RequestContext {
  readonly requestId: string;
  /** 1 to 128 characters; the same in everything that one request sets off. */
  readonly correlationId: string;
  /** W3C trace context of this piece of work. */
  readonly traceparent: string;
}

/** What is kept around a piece of work: the logger always, the context when there is one. */
export interface Surrounding extends Partial<RequestContext> {
  readonly logger: Logger | undefined;
}

const storage = new AsyncLocalStorage<Surrounding>();

/** The context of the work under way, or undefined outside of any. */
export function currentContext(): RequestContext | undefined {
  const store = storage.getStore();
  return store !== undefined && isContext(store) ? store : undefined;
}

/** Runs `work` in a context, for example that of a message; its log lines carry the ids. */
export function runInContext<T>(context: RequestContext, work: () => T): T {
  const { requestId, correlationId, traceparent } = context;
  const logger = storage.getStore()?.logger;
  return storage.run({ requestId, correlationId, traceparent, logger }, work);
}

/** Runs `work` with nothing made anew: the hot path's way in. */
export function runSurrounded<T>(surrounding: Surrounding, work: () => T): T {
  return storage.run(surrounding, work);
}

/** What surrounds the work under way; undefined outside of any service. */
export function currentSurrounding(): Surrounding | undefined {
  return storage.getStore();
}

/** The headers that carry the context to another service; empty outside of any context. */
export function contextHeaders(): Record<string, string> {
  const context = currentContext();
  return context === undefined
    ? {}
    : { 'x-request-id': context.requestId, traceparent: context.traceparent };
}

function isContext(store: Surrounding): store is Surrounding & RequestContext {
  return store.requestId !== undefined;
}
