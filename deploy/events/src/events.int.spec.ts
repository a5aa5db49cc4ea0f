import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rabbitNames } from '@onepoint/messaging';
import { BusyHouse } from './testing/busy-house.ts';
import { until } from './testing/whole-house.ts';

// Five services on real servers, on a machine that may have other things to do.
jest.setTimeout(180_000);

describe('npm run events', () => {
  const house = new BusyHouse();
  beforeAll(async () => {
    await house.start();
    await house.deals(10);
    await house.settled();
  });
  afterAll(() => house.remove());

  it('status: shows every outbox, queue and lag, and says so when one cannot be asked', async () => {
    const { code, lines, complaints } = await house.events('status');
    expect([code, complaints]).toEqual([0, []]);
    for (const service of ['point', 'member', 'dashboard', 'billing', 'deal']) {
      expect(lines.filter((line) => line.startsWith(service)).length).toBeGreaterThan(0);
    }
    const { document } = await house.events('status', '--json');
    expect(document).toContainEqual(
      expect.objectContaining({
        service: 'dashboard',
        queues: expect.objectContaining({ ready: 0, dead: 0, consumers: 1 }),
        journal: expect.objectContaining({
          unsentRows: 0,
          reader: expect.objectContaining({ isUp: true }),
        }),
      }),
    );
    await house.stopOne('billing');
    const without = await house.events('status');
    await house.startOne('billing');
    expect(without.code).toBe(1);
    expect(without.complaints.join()).toContain('billing cannot be asked');
  });

  it('dead: lists, shows, sends back and drops what a service set aside', async () => {
    const { queue } = rabbitNames(house.name, 'billing');
    await house.onChannel(async (channel) => {
      for (const id of ['bad-1', 'bad-2']) {
        const options = { messageId: id, type: 'deal.used.v1', persistent: true };
        channel.sendToQueue(queue, Buffer.from(`{"no":"${id}"}`), options);
      }
    });
    const of = ['--service', 'billing'];
    const listed = async (): Promise<string[]> => {
      const { document } = await house.events('dead', 'list', ...of, '--json');
      return (document as { id: string }[]).map(({ id }) => id).toSorted();
    };
    await until('both are set aside', async () => (await listed()).length === 2);
    expect(await listed()).toEqual(['bad-1', 'bad-2']);
    const table = await house.events('dead', 'list', ...of);
    expect(table.lines.join('\n')).toContain('CONTRACT_BREACH');
    const shown = await house.events('dead', 'show', ...of, 'bad-1');
    expect(shown.lines.join('\n')).toContain('"no": "bad-1"');
    expect((await house.events('dead', 'show', ...of, 'nobody')).code).toBe(1);
    // Nothing has been mended: it comes back.
    expect(await house.events('dead', 'retry', ...of, 'bad-1')).toMatchObject({ code: 0 });
    await until('it is set aside again', async () => (await listed()).length === 2);
    const half = await house.events('dead', 'drop', ...of, 'bad-2', 'nobody');
    expect([half.code, half.complaints.join()]).toEqual([1, expect.stringContaining('nobody')]);
    expect(await listed()).toEqual(['bad-1']);
    expect((await house.events('dead', 'drop', ...of, '--all')).lines).toContain('1 dropped');
    expect((await house.events('dead', 'list', ...of)).lines).toEqual([
      'billing has set nothing aside',
    ]);
    await expect(house.events('dead', 'list', '--service', 'member')).rejects.toThrow('no queue');
  });
});
