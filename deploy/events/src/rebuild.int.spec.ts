import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BusyHouse } from './testing/busy-house.ts';
import { until } from './testing/whole-house.ts';

// Five services on real servers, on a machine that may have other things to do.
jest.setTimeout(180_000);

const readModel = ['deal', 'member', 'merchant', 'balance', 'point_entry', 'deferred_deal'].concat(
  ...[['day_total', 'settlement_chunk', 'settlement_run', 'heard_source']],
);

interface SentBySource {
  readonly sources: readonly { readonly source: string; readonly sent: number }[];
}

describe('npm run events --', () => {
  const house = new BusyHouse();
  beforeAll(async () => {
    await house.start();
    await house.deals(40);
    await house.settled();
  });
  afterAll(() => house.remove());

  /** One generation of the read model; when something was projected is its own. */
  async function generation(number: number): Promise<Record<string, unknown[]>> {
    const kept: Record<string, unknown[]> = {};
    for (const table of readModel) {
      const rows = await house.rows<Record<string, unknown>>(
        'dashboard',
        `SELECT * FROM ${table}_g${number}`,
      );
      const texts = rows.map(({ projected_at: _, ...row }) => JSON.stringify(row));
      kept[table] = texts.toSorted();
    }
    return kept;
  }

  it('rebuild dashboard: under load, and equal row by row when the dust has settled (P10)', async () => {
    let isOver = false;
    const load = (async () => {
      while (!isOver) await house.deals(10);
    })();
    const rebuilt = await house.events('rebuild', 'dashboard', '--json');
    isOver = true;
    await load;
    expect(rebuilt).toMatchObject({ code: 0, document: { serving: 2, unknown: 0 } });
    await house.settled();
    const live = await generation(2);
    expect(live['deal']?.length).toBe((await house.rows('deal', 'SELECT id FROM deal')).length);
    // Once more, at rest: what came by live events the first time comes by the journals now.
    expect(await house.events('rebuild', 'dashboard', '--json')).toMatchObject({ code: 0 });
    expect(await generation(3)).toEqual(live);
    const dropped = await house.events('rebuild', 'dashboard', '--drop-old');
    expect(dropped.code).toBe(0);
    await expect(generation(2)).rejects.toThrow('deal_g2');
    const seen = await house.ask('dashboard', 'GET', '/api/totals');
    expect(seen.status).toBe(200);
  });

  it('rebuild dashboard: refuses a journal whose beginning is gone, unless told', async () => {
    const position = (delta: number): Promise<unknown> =>
      house.databases
        .get('member')!
        .transaction((tx) =>
          tx.execute(`UPDATE outbox SET position = position + ? WHERE position <> 0`, [delta]),
        );
    await position(1_000_000);
    await expect(house.events('rebuild', 'dashboard')).rejects.toThrow('begins at position');
    const even = await house.events('rebuild', 'dashboard', '--incomplete');
    await position(-1_000_000);
    expect(even.code).toBe(0);
  });

  it('replay: to the one who missed something, and to nobody else', async () => {
    const before = await house.linesOfBilling();
    await house.missedByBilling(5);
    expect(await house.linesOfBilling()).toEqual(before);
    const heardElsewhere = await house.rows('dashboard', 'SELECT * FROM point_entry_g4');
    const words = ['--service', 'billing', '--from', '1', '--source', 'deal'];
    const dry = await house.events('replay', ...words, '--dry-run', '--json');
    expect(await house.linesOfBilling()).toEqual(before);
    const sent = await house.events('replay', ...words, '--json');
    expect(sent).toMatchObject({ code: 0, document: { service: 'billing', isDry: false } });
    expect(sent.document).toMatchObject({
      sources: [{ source: 'deal', sent: (dry.document as SentBySource).sources[0]?.sent }],
    });
    await house.settled();
    await until(
      'the lines are there',
      async () => (await house.linesOfBilling()).length > before.length,
    );
    const dealt = "SELECT id FROM deal WHERE type IN ('use', 'useCancel') AND status = 'success'";
    expect(await house.linesOfBilling()).toHaveLength((await house.rows('deal', dealt)).length);
    expect(await house.rows('dashboard', 'SELECT * FROM point_entry_g4')).toEqual(heardElsewhere);
    const since = new Date(Date.now() - 60_000).toISOString();
    const some = await house.events('replay', '--service', 'dashboard', '--from', since, '--json');
    expect(some.code).toBe(0);
    expect((some.document as SentBySource).sources.map(({ source }) => source)).toContain('point');
    await house.settled();
  });

  it('rebuild billing: fills the gaps, changes nothing that stands, and tells what differs', async () => {
    await house.missedByBilling(5);
    const before = await house.linesOfBilling();
    const filled = await house.events('rebuild', 'billing', '--json');
    // Of every ten deals, five are uses: only those are lines.
    expect(filled).toMatchObject({ code: 0, document: { filled: 5, different: [] } });
    expect(await house.linesOfBilling()).toEqual(expect.arrayContaining(before));
    expect(await house.linesOfBilling()).toHaveLength(before.length + 5);
    await house.databases
      .get('billing')!
      .transaction((tx) => tx.execute('UPDATE settlement_line SET point = 8 LIMIT 1'));
    const differs = await house.events('rebuild', 'billing');
    expect(differs.code).toBe(1);
    expect(differs.complaints.join()).toContain('1 lines stand otherwise');
  });
});
