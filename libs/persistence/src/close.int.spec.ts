import { afterAll, describe, expect, it } from '@jest/globals';
import { Database } from './database.ts';
import { DatabaseUnavailable } from './errors/database-unavailable.ts';
import { migrate } from './migrate.ts';
import { enginesWith, specSchema } from './spec/storages.ts';
import type { FreshStorage } from './spec/storages.ts';

const drops: FreshStorage['drop'][] = [];
afterAll(() => Promise.all(drops.map((drop) => drop())));

describe.each(enginesWith(process.env['MYSQL_URL']))('closing $engine', ({ fresh }) => {
  it('lets the transaction that runs end, and refuses those that come later', async () => {
    const { storage, drop } = await fresh();
    drops.push(drop);
    await migrate(storage, specSchema);
    const db = await Database.open(storage, specSchema);
    let go = (): void => {};
    const gate = new Promise<void>((resolve) => (go = resolve));
    let begun = (): void => {};
    const running = new Promise<void>((resolve) => (begun = resolve));
    const first = db.transaction(async (tx) => {
      begun();
      await gate;
      return tx.insertRows('purse', [{ balance: 1 }]);
    });
    await running;
    const closed = db.close();
    await expect(db.read((sql) => sql.query('SELECT 1'))).rejects.toBeInstanceOf(
      DatabaseUnavailable,
    );
    go();
    expect((await first).affected).toBe(1);
    await closed;
  });
});
