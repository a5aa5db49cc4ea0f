import { Controller, Get, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Allow } from '../doors/allow.ts';
import { PlatformModule } from '../platform.module.ts';
import type { RunningService } from '../process/service-blueprint.ts';
import { startService } from '../process/start-service.ts';
import { sampleBlueprint, sampleSettings } from '../testing/sample-service.ts';

const settings = sampleSettings({ HTTP_IN_HAND_MAX: '3' });
const arrivals: (() => void)[] = [];

@Controller('held')
class HeldController {
  /** Answers when the test says so. */
  @Get()
  @Allow('public')
  async hold(): Promise<{ ok: true }> {
    await new Promise<void>((answer) => arrivals.push(answer));
    return { ok: true };
  }
}

@Module({
  imports: [PlatformModule.forService({ name: 'deal', settings })],
  controllers: [HeldController],
})
class HeldModule {}

describe('a process with as many requests in hand as it may have', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService({ ...sampleBlueprint(settings), module: HeldModule });
  });
  afterAll(() => service.stop());

  const ask = (signal?: AbortSignal): Promise<Response> =>
    fetch(`${service.url}/held`, signal === undefined ? {} : { signal });
  const untilInHand = async (count: number): Promise<void> => {
    while (arrivals.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  const answerAll = (): void => arrivals.splice(0).forEach((answer) => answer());

  it('refuses one more at once, answers the others, and takes requests again', async () => {
    const held = [ask(), ask(), ask()];
    await untilInHand(3);
    const refused = await ask();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('content-type')).toContain('application/problem+json');
    expect(refused.headers.get('x-request-id')).not.toBeNull();
    expect(await refused.json()).toMatchObject({ code: 'OVERLOADED', status: 503 });
    answerAll();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200, 200]);
    const next = ask();
    await untilInHand(1);
    answerAll();
    expect((await next).status).toBe(200);
  });

  it('still answers its probes', async () => {
    const held = [ask(), ask(), ask()];
    await untilInHand(3);
    for (const path of ['/health/live', '/health/ready', '/metrics']) {
      expect((await fetch(`${service.url}${path}`)).status).toBe(200);
    }
    answerAll();
    await Promise.all(held);
  });

  it('forgets requests whose callers went away', async () => {
    for (let round = 0; round < 4; round += 1) {
      const leaving = new AbortController();
      const gone = ask(leaving.signal).catch(() => 'gone');
      await untilInHand(1);
      leaving.abort();
      expect(await gone).toBe('gone');
      answerAll();
    }
    const next = ask();
    await untilInHand(1);
    answerAll();
    expect((await next).status).toBe(200);
  });
});
