import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test, type TestingModule } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  claimKeys,
  Database,
  findKeys,
  idempotencySchema,
  migrate,
  type KeyClaim,
} from '@onepoint/persistence';
import { PROCESS_SETTINGS } from '../settings/settings-token.ts';
import { sampleSettings } from '../testing/sample-service.ts';
import { Clock } from '../time/clock.ts';
import { ForgetOldKeys } from './forget-old-keys.ts';

const hourMs = 3_600_000;
const roundMs = 600_000;
const now = Date.UTC(2026, 10, 23);

class StoppedClock extends Clock {
  override now(): number {
    return now;
  }
}

const claimOf = (key: string): KeyClaim => ({
  caller: 'merchant:20',
  key,
  fingerprint: '0'.repeat(64),
});
const ages = { fresh: 0, young: 25 * hourMs - 1, due: 25 * hourMs, old: 25 * hourMs + 1 };

describe('old idempotency keys', () => {
  let folder: string;
  let database: Database;
  let service: TestingModule;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'onepoint-forget-'));
    const storage = { kind: 'sqlite', file: join(folder, 'keys.sqlite') } as const;
    await migrate(storage, idempotencySchema);
    database = await Database.open(storage, idempotencySchema);
    service = await Test.createTestingModule({
      providers: [
        ForgetOldKeys,
        { provide: Database, useValue: database },
        { provide: Clock, useClass: StoppedClock },
        {
          provide: PROCESS_SETTINGS,
          useValue: sampleSettings({ IDEMPOTENCY_KEEP_MS: String(25 * hourMs) }),
        },
      ],
    }).compile();
    for (const [key, ageMs] of Object.entries(ages)) {
      await database.transaction((tx) => claimKeys(tx, [{ claim: claimOf(key) }], now - ageMs));
    }
    jest.useFakeTimers({ doNotFake: ['queueMicrotask', 'nextTick', 'setImmediate'] });
  });
  afterEach(async () => {
    jest.useRealTimers();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function left(): Promise<string[]> {
    const claims = Object.keys(ages).map(claimOf);
    const found = await database.read((sql) => findKeys(sql, claims));
    return [...found.values()].map(({ key }) => key).toSorted();
  }

  it('are dropped once they have been kept for IDEMPOTENCY_KEEP_MS, and no sooner', async () => {
    expect(await service.get(ForgetOldKeys).forget()).toBe(1);
    expect(await left()).toEqual(['due', 'fresh', 'young']);
    expect(await service.get(ForgetOldKeys).forget()).toBe(0);
  });

  it('are dropped every ten minutes while the service is up; it stops after the round', async () => {
    await service.init();
    jest.advanceTimersByTime(roundMs - 1);
    expect(await left()).toHaveLength(4);
    jest.advanceTimersByTime(1);
    await service.close();
    expect(await left()).toEqual(['due', 'fresh', 'young']);
  });

  it('stay when the service has stopped', async () => {
    await service.init();
    await service.close();
    jest.advanceTimersByTime(2 * roundMs);
    expect(await left()).toHaveLength(4);
  });
});
