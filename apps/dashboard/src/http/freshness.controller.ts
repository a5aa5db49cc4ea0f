import { Controller, Get } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiResponse, ApiTags } from '@nestjs/swagger';
import { Allow, ApiProblems } from '@onepoint/platform';
import { GetFreshness } from '../queries/get-freshness.ts';
import { freshnessView } from './answers.ts';
import type { FreshnessView } from './answers.ts';
import { freshnessOf } from './mark-freshness.ts';

/** How far the read model has come, by the service that was heard. */
@Controller('api/freshness')
@ApiTags('freshness')
@Allow('operator:dashboard')
export class FreshnessController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiResponse({ status: 200, standardSchema: freshnessView })
  @ApiProblems([])
  async get(): Promise<FreshnessView> {
    const { newest, sources, now } = await this.queries.execute(new GetFreshness());
    return {
      ...freshnessOf(newest, now),
      sources: sources.map((heard) => ({ source: heard.source, ...freshnessOf(heard, now) })),
    };
  }
}
