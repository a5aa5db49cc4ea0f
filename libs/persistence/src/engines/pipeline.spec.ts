import { describe, expect, it } from '@jest/globals';
import type { PoolConnection } from 'mysql2';
import { ConditionUnmet } from '../errors/condition-unmet.ts';
import type { StatementFailed } from '../errors/statement-failed.ts';
import { Pipeline } from './pipeline.ts';

type Callback = (error: Error | null, raw?: unknown, fields?: unknown) => void;

/** A connection that notes each packet and says what it is told to. */
function scripted() {
  const packets: { sql: string; values: null; done: Callback }[] = [];
  const raw = {
    query: (options: { sql: string; values: null }, done: Callback) =>
      void packets.push({ ...options, done }),
  } as unknown as PoolConnection;
  return { pipeline: new Pipeline(raw, 1_000), packets };
}

describe('the pipeline of one connection', () => {
  it('sends what nobody waits for with the next that somebody does, in order, in one packet', async () => {
    const { pipeline, packets } = scripted();
    pipeline.later('START TRANSACTION', []);
    pipeline.later('INSERT ?', [1]);
    expect(packets).toEqual([]);
    const answer = pipeline.send('SELECT ?', ['x']);
    await Promise.resolve();
    expect(packets).toMatchObject([
      { sql: "START TRANSACTION;\nINSERT 1;\nSELECT 'x'", values: null },
    ]);
    packets[0]!.done(null, [{}, {}, [{ one: 1 }]], [undefined, undefined, [{ name: 'one' }]]);
    expect(await answer).toEqual({ raw: [{ one: 1 }], fields: [{ name: 'one' }] });
  });

  it('sends those begun in one turn together, and one alone as one', async () => {
    const { pipeline, packets } = scripted();
    const both = Promise.all([pipeline.send('A', []), pipeline.send('B', [])]);
    await Promise.resolve();
    packets[0]!.done(null, ['a', 'b'], [undefined, undefined]);
    expect(await both).toMatchObject([{ raw: 'a' }, { raw: 'b' }]);
    const alone = pipeline.send('C', []);
    await Promise.resolve();
    packets[1]!.done(null, ['a row', 'another row'], [{ name: 'c' }]);
    expect((await alone).raw).toEqual(['a row', 'another row']);
    expect(packets.map(({ sql }) => sql)).toEqual(['A;\nB', 'C']);
  });

  it('shows errors the statements without their values', async () => {
    const { pipeline, packets } = scripted();
    pipeline.later('UPDATE a SET b = ?', ['secret']);
    pipeline.laterText('INSERT INTO a (b) VALUES ', "INSERT INTO a (b) VALUES ('secret')");
    const failing = pipeline.send('SELECT ?', ['secret']);
    await Promise.resolve();
    packets[0]!.done(new Error('no'));
    const error = await failing.catch((thrown: unknown) => thrown);
    expect((error as StatementFailed).sql).toBe(
      'UPDATE a SET b = ?;\nINSERT INTO a (b) VALUES ;\nSELECT ?',
    );
  });

  it('tells of an answer that nobody waits for', async () => {
    const { pipeline, packets } = scripted();
    const heard: unknown[] = [];
    pipeline.laterText('INSERT', 'INSERT', { heard: ({ raw }) => void heard.push(raw) });
    const done = pipeline.send('COMMIT', []);
    await Promise.resolve();
    packets[0]!.done(null, [{ insertId: 7 }, {}], [undefined, undefined]);
    await done;
    expect(heard).toEqual([{ insertId: 7 }]);
  });

  it('gives a condition to what comes right after it, and keeps it as a statement otherwise', async () => {
    const { pipeline, packets } = scripted();
    pipeline.require('a = 1');
    expect(pipeline.takeCondition()).toBe('a = 1');
    expect(pipeline.takeCondition()).toBeUndefined();
    pipeline.require('b = 2');
    pipeline.later('UPDATE c', []);
    expect(pipeline.takeCondition()).toBeUndefined();
    void pipeline.send('COMMIT', []);
    await Promise.resolve();
    expect(packets.map(({ sql }) => sql)).toEqual([
      'INSERT INTO must_hold (must_hold) SELECT NULL FROM DUAL WHERE NOT (b = 2);\nUPDATE c;\nCOMMIT',
    ]);
  });

  it('knows a condition that did not hold by the column that it travelled in', async () => {
    const { pipeline, packets } = scripted();
    const isNull = Object.assign(new Error("Column 'balance' cannot be null"), { errno: 1048 });
    for (const carrier of ['balance', 'label', undefined]) {
      pipeline.laterText('INSERT', 'INSERT', { carrier });
      const failing = pipeline.send('COMMIT', []).catch((error: unknown) => error);
      await Promise.resolve();
      packets.at(-1)!.done(isNull);
      expect((await failing) instanceof ConditionUnmet).toBe(carrier === 'balance');
    }
  });

  it('fails all of a packet, and says whether another may be to blame', async () => {
    const { pipeline, packets } = scripted();
    pipeline.later('START TRANSACTION', []);
    const alone = pipeline.send('A', []);
    await Promise.resolve();
    packets[0]!.done(new Error('no'));
    await expect(alone).rejects.toThrow('no');
    expect(pipeline.sentTogether).toBe(false);
    const both = Promise.allSettled([pipeline.send('B', []), pipeline.send('C', [])]);
    await Promise.resolve();
    packets[1]!.done(new Error('no'));
    expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(pipeline.sentTogether).toBe(true);
  });

  it('forgets what was not sent', async () => {
    const { pipeline, packets } = scripted();
    pipeline.later('START TRANSACTION', []);
    pipeline.forget();
    await pipeline.flush();
    expect([pipeline.waiting, pipeline.hasSent, packets.length]).toEqual([0, false, 0]);
  });
});
