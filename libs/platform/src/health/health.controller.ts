import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { HealthCheckResult } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Allow } from '../doors/allow.ts';
import { AskReadiness } from './ask-readiness.ts';

/** What orchestrators and balancers ask (P8). */
@Controller('health')
@Allow('public')
@ApiExcludeController()
export class HealthController {
  constructor(@Inject(AskReadiness) private readonly askReadiness: AskReadiness) {}

  /** 200 while the process can answer at all; it asks nothing else, or an outage would restart us. */
  @Get('live')
  live(): { status: 'ok' } {
    return { status: 'ok' };
  }

  /** 200 while this service wants requests; 503 before it started, while it stops, or without what it needs. */
  @Get('ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthCheckResult> {
    const result = await this.askReadiness.ask();
    const ready = result.status === 'ok' || result.status === 'degraded';
    reply.code(ready ? 200 : 503).header('cache-control', 'no-store');
    return result;
  }
}
