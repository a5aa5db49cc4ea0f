import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { recordingLogger } from '../testing/recording-logger.ts';
import { testReader } from '../testing/rabbit-playground.ts';
import { memberCreated } from '../testing/sample-messages.ts';
import { until } from '../testing/until.ts';
import { SetAside } from '../transport/transport.errors.ts';
import { InProcessTransport } from './in-process-transport.ts';

describe('InProcessTransport', () => {
  let folder: string;
  let deadLetterFile: string;
  let transport: InProcessTransport;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'in-process-'));
    deadLetterFile = join(folder, 'deep', 'dead-letters.ndjson');
    transport = new InProcessTransport({
      expectedReaders: ['point', 'dashboard'],
      deadLetterFile,
      logger: recordingLogger(),
    });
  });

  afterEach(async () => {
    await transport.close();
    await rm(folder, { recursive: true, force: true });
  });

  const point = testReader({ retryDelaysMs: [5, 10] });
  const dashboard = testReader({ service: 'dashboard', retryDelaysMs: [5, 10] });

  it('is down until everybody who must hear is listening', async () => {
    await transport.consume(point, async () => undefined);
    expect(transport.status).toBe('down');
    await expect(transport.publish([memberCreated(1)])[0]).rejects.toMatchObject({
      code: 'BROKER_AWAY',
    });
    const up = transport.waitUntilUp(10_000);
    await transport.consume(dashboard, async () => undefined);
    await up;
    expect(transport.status).toBe('up');
  });

  it('calls a message taken when the last of its readers has handled it', async () => {
    const slow = Promise.withResolvers<void>();
    const handled: string[] = [];
    await transport.consume(point, async () => void handled.push('point'));
    await transport.consume(dashboard, () => slow.promise);
    let answered = false;
    const answer = transport.publish([memberCreated(1)])[0]!.finally(() => (answered = true));
    await until('one reader through', () => handled.length === 1);
    expect(answered).toBe(false);
    slow.resolve();
    expect(await answer).toBe('taken');
  });

  it('calls a message that nobody hears unroutable', async () => {
    await transport.consume(point, async () => undefined);
    await transport.consume(dashboard, async () => undefined);
    const unheard = { ...memberCreated(1), key: 'deal.saved.v1' as const };
    expect(await transport.publish([unheard])[0]).toBe('unroutable');
  });

  it('tries a poison message again without holding up others, then appends it to the dead letters', async () => {
    const poison = memberCreated(13);
    const tries: number[] = [];
    const good: string[] = [];
    await transport.consume({ ...point, prefetch: 1 }, async (message) => {
      if (message.id !== poison.id) return void good.push(message.id);
      tries.push(message.tries);
      throw new Error('no thirteens');
    });
    await transport.consume(dashboard, async () => undefined);
    const sent = [poison, ...Array.from({ length: 20 }, (_, index) => memberCreated(index + 20))];
    const outcomes = await Promise.all(transport.publish(sent));
    expect(new Set(outcomes)).toEqual(new Set(['taken']));
    expect(tries).toEqual([0, 1, 2]);
    expect(good).toHaveLength(20);
    const lines = (await readFile(deadLetterFile, 'utf8')).trim().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      {
        service: 'point',
        id: poison.id,
        reason: 'Error: no thirteens',
        tries: 3,
        body: poison.body,
      },
    ]);
  });

  it('sets aside at once what no further try can help', async () => {
    let calls = 0;
    await transport.consume(point, async () => {
      calls += 1;
      throw new SetAside('NO_USE', 'never');
    });
    await transport.consume(dashboard, async () => undefined);
    expect(await transport.publish([memberCreated(1)])[0]).toBe('taken');
    expect(calls).toBe(1);
    expect(await readFile(deadLetterFile, 'utf8')).toContain('NO_USE: never');
  });

  it('leaves to the outbox what a stopping reader has not settled: queued, waiting or held', async () => {
    const gate = Promise.withResolvers<void>();
    let begun = 0;
    const reading = await transport.consume(
      { ...point, prefetch: 2, retryDelaysMs: [60_000] },
      async () => {
        begun += 1;
        if (begun === 1) throw new Error('again later');
        await gate.promise;
      },
    );
    await transport.consume(dashboard, async () => undefined);
    const answers = transport.publish([1, 2, 3, 4].map(memberCreated));
    const settled = Promise.allSettled(answers);
    await until('one waits, two in hand', () => begun === 3);
    const stopped = reading.stop();
    gate.resolve();
    await stopped;
    const fates = (await settled).map(({ status }) => status);
    expect(fates).toEqual(['rejected', 'fulfilled', 'fulfilled', 'rejected']);
    expect(transport.status).toBe('down');
  });
});
