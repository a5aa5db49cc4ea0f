import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { sampleBlueprint, sampleSettings } from '../testing/sample-service.ts';
import { explainFailure } from './explain-failure.ts';
import { nodeVersionComplaint } from './node-version.ts';
import { runAsProcess } from './run-as-process.ts';

describe('a process', () => {
  let out = '';
  let err = '';
  let exited: Promise<number>;
  beforeEach(() => {
    out = '';
    err = '';
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => ((err += String(text)), true));
    exited = new Promise((resolve) => {
      const exit = (code?: string | number | null): never => {
        resolve(Number(code));
        return undefined as never;
      };
      jest.spyOn(process, 'exit').mockImplementation(exit);
    });
  });
  afterEach(() => {
    jest.restoreAllMocks();
    process.removeAllListeners('SIGTERM');
    process.removeAllListeners('SIGINT');
  });

  it.each(['SIGTERM', 'SIGINT'] as const)(
    'says where it listens, and %s ends it with 0',
    async (signal) => {
      await runAsProcess(() => sampleBlueprint(sampleSettings()));
      const line = /^deal listening on (http:\/\/127\.0\.0\.1:\d+) \(open doors: .*\)\n$/.exec(out);
      expect(line).not.toBeNull();
      expect((await fetch(`${line?.[1]}/health/ready`)).status).toBe(200);
      process.emit(signal);
      expect(await exited).toBe(0);
      await expect(fetch(`${line?.[1]}/health/ready`)).rejects.toThrow();
      expect(err).toBe('');
    },
  );

  it('names every wrong setting on a line of its own, and exits 1', async () => {
    await runAsProcess(() =>
      sampleBlueprint(sampleSettings({ LOG_LEVEL: 'hunter2', POINT_PORT: 'hunter2' })),
    );
    expect(await exited).toBe(1);
    expect(err.trim().split('\n').sort()).toEqual([
      expect.stringMatching(/^service: LOG_LEVEL: /),
      expect.stringMatching(/^service: POINT_PORT: /),
    ]);
    expect(err).not.toContain('hunter2');
  });

  it('says in one line that its port is taken, and exits 1', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    const address = squatter.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    await runAsProcess(() => ({ ...sampleBlueprint(sampleSettings()), port }));
    expect(await exited).toBe(1);
    expect(err).toBe(`deal: the port is taken: 127.0.0.1:${port}\n`);
    expect(out).toBe('');
    squatter.close();
  });
});

describe('the Node version', () => {
  it.each(['24.11.0', '24.21.0', '25.0.0', '26.1.0'])('%s will do', (version) => {
    expect(nodeVersionComplaint(version)).toBeNull();
  });

  it.each(['20.20.2', '22.12.0', '24.10.9'])('%s is too old, and the line says so', (version) => {
    expect(nodeVersionComplaint(version)).toContain(`this is ${version}`);
  });
});

describe('a failure', () => {
  it('is explained in one line without secrets', () => {
    const broker = Object.assign(new Error('connect amqp://guest:hunter2@mq'), {
      name: 'BrokerAway',
    });
    expect(explainFailure(broker)).toEqual(['BrokerAway: connect amqp://[redacted]@mq']);
    const refused = Object.assign(new Error('x'), {
      code: 'ECONNREFUSED',
      address: '127.0.0.1',
      port: 5672,
    });
    expect(explainFailure(refused)).toEqual(['cannot connect: 127.0.0.1:5672 (ECONNREFUSED)']);
  });
});
