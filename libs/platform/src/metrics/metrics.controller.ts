import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../doors/allow.ts';
import { Metrics } from './metrics.ts';

/** Prometheus' way in. */
@Controller('metrics')
@Allow('public')
@ApiExcludeController()
export class MetricsController {
  constructor(@Inject(Metrics) private readonly metrics: Metrics) {}

  @Get()
  @Header('content-type', 'text/plain; version=0.0.4; charset=utf-8')
  read(): Promise<string> {
    return this.metrics.exposition();
  }
}
