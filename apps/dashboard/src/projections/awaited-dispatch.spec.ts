import { describe, expect, it } from '@jest/globals';
import { Injectable, Scope } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { EventsHandler } from '@nestjs/cqrs';
import type { IEventHandler } from '@nestjs/cqrs';
import { Test } from '@nestjs/testing';
import { AwaitedDispatch, NobodyProjects, UnusableProjection } from './awaited-dispatch.ts';

class Rang {
  readonly heardBy: string[] = [];
}
class Fell {}

@EventsHandler(Rang)
class Slow implements IEventHandler<Rang> {
  async handle(event: Rang): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    event.heardBy.push('slow');
  }
}

@EventsHandler(Rang)
class Quick implements IEventHandler<Rang> {
  handle(event: Rang): void {
    event.heardBy.push('quick');
  }
}

@EventsHandler(Fell)
class Failing implements IEventHandler<Fell> {
  async handle(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    throw new RangeError('it broke');
  }
}

@Injectable({ scope: Scope.REQUEST })
@EventsHandler(Rang)
class PerRequest implements IEventHandler<Rang> {
  handle(): void {}
}

@Injectable()
class NoHandler {}

async function dispatchOf(...handlers: Type[]): Promise<AwaitedDispatch> {
  const testing = Test.createTestingModule({
    imports: [DiscoveryModule],
    providers: [AwaitedDispatch, NoHandler, ...handlers],
  });
  const app = await testing.compile();
  await app.init();
  return app.get(AwaitedDispatch);
}

describe('the awaited dispatch', () => {
  it('resolves when every handler of the event has finished, one after the other', async () => {
    const dispatch = await dispatchOf(Slow, Quick, Failing);
    const event = new Rang();
    await dispatch.dispatch([event]);
    expect(event.heardBy).toEqual(['slow', 'quick']);
  });

  it('rejects with what a handler threw', async () => {
    const dispatch = await dispatchOf(Slow, Failing);
    await expect(dispatch.dispatch([new Fell()])).rejects.toThrow('it broke');
  });

  it('refuses an event that no handler projects', async () => {
    const dispatch = await dispatchOf(Slow);
    await expect(dispatch.dispatch([new Fell()])).rejects.toThrow(NobodyProjects);
  });

  it('does not let an app start in which it finds no handler', async () => {
    await expect(dispatchOf()).rejects.toThrow(NobodyProjects);
  });

  it('does not let an app start with a handler that is not a singleton', async () => {
    await expect(dispatchOf(PerRequest)).rejects.toThrow(UnusableProjection);
  });
});
