import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { JournalStateView } from '@onepoint/messaging';
import { JournalDoor } from './journal-door.ts';
import { ServiceDoors, ServiceRefused, operatorSettings } from './service-doors.ts';

/** What a service's doors would answer, one state after the other; the last one stays. */
class ScriptedService {
  readonly asked: string[] = [];
  readonly tokens: (string | undefined)[] = [];
  states: Partial<JournalStateView>[] = [];
  entries: { position: number; events: unknown[] }[] = [];
  /** What the relay does between two looks. */
  afterState: () => void = () => undefined;
  /** From so many questions on it answers none. */
  refusesAfter = Infinity;

  readonly server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '', 'http://localhost');
    this.asked.push(`${url.pathname}${url.search}`);
    this.tokens.push(request.headers.authorization);
    response.setHeader('content-type', 'application/json');
    if (this.asked.length > this.refusesAfter) response.statusCode = 503;
    response.end(JSON.stringify(url.pathname === '/journal' ? this.page(url) : this.state()));
  });

  async hasBeenAsked(times: number): Promise<void> {
    while (this.asked.length < times) await new Promise((resolve) => setImmediate(resolve));
  }

  private state(): JournalStateView {
    const now = this.states.length > 1 ? this.states.shift() : this.states[0];
    this.afterState();
    return {
      ...{ service: 'deal', firstPosition: 1, lastPosition: 0, unsentRows: 0, highestId: 0 },
      ...{ oldestUnsentAt: null, lowestUnsentId: null, relayHolder: null, relayUntil: null },
      ...{ reader: { isUp: true, keys: [], heard: [] } },
      ...now,
    };
  }

  private page({ searchParams }: URL): unknown {
    const behind = this.entries.filter(
      ({ position }) => position > Number(searchParams.get('after')),
    );
    const items = behind.slice(0, 2);
    return { items, nextCursor: behind.length > 2 ? String(items.at(-1)?.position) : null };
  }
}

describe('a journal read over its door', () => {
  let service: ScriptedService;
  let doors: ServiceDoors;

  beforeEach(async () => {
    service = new ScriptedService();
    service.server.listen(0, '127.0.0.1');
    await once(service.server, 'listening');
    const url = `http://127.0.0.1:${(service.server.address() as AddressInfo).port}`;
    const SERVICE_TOKEN = 'x'.repeat(32);
    doors = new ServiceDoors(operatorSettings({ DEAL_URL: url, SERVICE_TOKEN }));
  });

  afterEach(async () => {
    service.server.closeAllConnections();
    service.server.close();
    await once(service.server, 'close');
  });

  const entry = (position: number) => ({ position, events: [`event ${position}`] });
  const whole = async (begun: JournalStateView): Promise<unknown[]> => {
    const read: unknown[] = [];
    for await (const { events } of new JournalDoor(doors, 'deal').whole(begun))
      read.push(...events);
    return read;
  };

  it('comes page by page, with the credential of a service', async () => {
    service.entries = [1, 2, 3, 4, 5].map(entry);
    const parts = [];
    for await (const part of new JournalDoor(doors, 'deal').pages({ after: 0 })) parts.push(part);
    expect(parts.map(({ position }) => position)).toEqual([2, 4, 5]);
    expect(new Set(service.tokens)).toEqual(new Set([`Bearer ${'x'.repeat(32)}`]));
  });

  it('has its next page on its way while one is being used', async () => {
    service.entries = [1, 2, 3, 4, 5].map(entry);
    const pages = new JournalDoor(doors, 'deal').pages({ after: 0 });
    await pages.next();
    await service.hasBeenAsked(2);
    expect(service.asked).toEqual(['/journal?after=0&limit=200', '/journal?after=2&limit=200']);
    await pages.return(undefined);
  });

  it('tells of a next page that cannot be had when it is asked for, and not before', async () => {
    service.entries = [1, 2, 3].map(entry);
    const pages = new JournalDoor(doors, 'deal').pages({ after: 0 });
    service.refusesAfter = 1;
    expect((await pages.next()).value).toMatchObject({ position: 2 });
    await service.hasBeenAsked(2);
    // A turn of the loop in which a rejection that nobody handles would end the process.
    await new Promise((resolve) => setImmediate(resolve));
    await expect(pages.next()).rejects.toThrow(ServiceRefused);
  });

  it('is whole only when all that was published before has got its position', async () => {
    service.entries = [1, 2, 3].map(entry);
    // Row 7 was published and is not marked yet: its event is nowhere in the journal.
    service.states = [
      ...[
        { highestId: 9, lowestUnsentId: 7 },
        { highestId: 9, lowestUnsentId: 7 },
      ],
      { highestId: 12, lowestUnsentId: 11 },
    ];
    let looks = 0;
    service.afterState = () => {
      looks += 1;
      if (looks === 3) service.entries.push(entry(4));
    };
    const begun = await new JournalDoor(doors, 'deal').state();
    expect(await whole(begun)).toEqual([1, 2, 3, 4].map((n) => `"event ${n}"`));
    expect(looks).toBe(3);
  });

  it('waits for nothing that was written later, and for nothing in a journal at rest', async () => {
    service.entries = [1].map(entry);
    service.states = [
      { highestId: 1, lowestUnsentId: null },
      { highestId: 9, lowestUnsentId: 8 },
    ];
    const begun = await new JournalDoor(doors, 'deal').state();
    expect(await whole(begun)).toEqual(['"event 1"']);
    expect(service.asked.filter((path) => path === '/journal/state')).toHaveLength(2);
  });

  it('says who refused, and why', async () => {
    service.server.removeAllListeners('request');
    service.server.on('request', (_request, response) => {
      response.statusCode = 403;
      response.end(JSON.stringify({ code: 'FORBIDDEN', detail: 'not you' }));
    });
    const asked = new JournalDoor(doors, 'deal').state();
    await expect(asked).rejects.toThrow(ServiceRefused);
    await expect(asked).rejects.toThrow('deal answered 403 FORBIDDEN: not you');
  });
});
