import { Injectable } from '@nestjs/common';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { map } from 'rxjs';
import type { Observable } from 'rxjs';
import { GetFreshness } from '../queries/get-freshness.ts';
import type { HeardSource } from '../queries/get-freshness.ts';
import type { FreshnessMark } from './answers.ts';
import { isoOf } from './views.ts';

/** Adds to an answer how fresh it is. Read after the answer, it would promise too much: read before. */
@Injectable()
export class MarkFreshness implements NestInterceptor<object, object> {
  constructor(private readonly queries: QueryBus) {}

  async intercept(
    _context: ExecutionContext,
    next: CallHandler<object>,
  ): Promise<Observable<object>> {
    const { newest, now } = await this.queries.execute(new GetFreshness());
    const freshness = freshnessOf(newest, now);
    return next.handle().pipe(map((answer) => ({ ...answer, freshness })));
  }
}

/** How fresh what was heard of a source is; clocks that disagree count as no delay. */
export function freshnessOf(heard: HeardSource | null, now: number): FreshnessMark {
  if (heard === null) return { lastEventAt: null, lagMs: null, ageMs: null };
  return {
    lastEventAt: isoOf(heard.lastEventAt),
    lagMs: Math.max(0, heard.projectedAt - heard.lastEventAt),
    ageMs: Math.max(0, now - heard.lastEventAt),
  };
}
