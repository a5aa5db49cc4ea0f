import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  jest,
} from '@jest/globals';
import type { Database } from '@onepoint/persistence';
import { silentObserver } from '../observe/messaging-observer.ts';
import { CommitBell } from '../outbox/commit-bell.ts';
import { Outbox } from '../outbox/outbox.ts';
import { windowEventsMax } from '../relay/relay-term.ts';
import { Relay } from '../relay/relay.ts';
import { CuttableProxy } from '../testing/cuttable-proxy.ts';
import { DatabasePlayground } from '../testing/database-playground.ts';
import { canHavePrivateRabbit, PrivateRabbit } from '../testing/private-rabbit.ts';
import { testReader } from '../testing/rabbit-playground.ts';
import { recordingLogger } from '../testing/recording-logger.ts';
import { created } from '../testing/relay-stage.ts';
import { until } from '../testing/until.ts';
import { RabbitTransport } from './rabbit-transport.ts';

// A broker takes its time to start, on a machine that has other things to do.
jest.setTimeout(180_000);

const backWithinMs = 60_000;

/** What a broker does when it runs out of memory, from its first moment on. */
const alarm = 'vm_memory_high_watermark.absolute = 1MB';
if (canHavePrivateRabbit()) {
  describe('A broker in trouble', () => {
    let rabbit: PrivateRabbit;
    let url: string;
    let proxy: CuttableProxy;
    let data: DatabasePlayground;
    let db: Database;
    let transport: RabbitTransport;
    let relay: Relay;
    let outbox: Outbox;
    const log = recordingLogger();
    const heard = new Map<number, number>();

    beforeAll(() => void (rabbit = new PrivateRabbit()));
    afterAll(() => rabbit.remove());

    beforeEach(async () => {
      heard.clear();
      data = await DatabasePlayground.make('sqlite');
      db = await data.open();
    });

    afterEach(async () => {
      await relay.stop();
      await transport.close();
      await proxy.close();
      await rabbit.kill();
      await data.clean();
    });

    async function start(namespace: string, ...settings: string[]): Promise<void> {
      ({ proxy, url } = await CuttableProxy.before(await rabbit.start(...settings)));
      const reconnect = { firstMs: 50, longestMs: 500 };
      const times = { confirmTimeoutMs: 5_000, reconnect };
      transport = new RabbitTransport({ url, namespace, logger: log, ...times });
      const bell = new CommitBell();
      outbox = new Outbox('member', bell);
      relay = new Relay({
        service: 'member',
        db,
        transport,
        bell,
        observer: silentObserver,
        logger: log,
      });
      const reading = await transport.consume(testReader({ prefetch: 100 }), async (message) => {
        const member = Number(/"memberId":(\d+)/.exec(message.body)?.[1]);
        heard.set(member, (heard.get(member) ?? 0) + 1);
      });
      await reading.waitUntilUp(backWithinMs);
      relay.start();
    }

    /** Ten members in each transaction. */
    async function say(from: number, upto: number): Promise<void> {
      for (let member = from; member <= upto; member += 10) {
        const ten = Array.from({ length: 10 }, (_, index) => created(member + index));
        await db.transaction((tx) => outbox.append(tx, ten));
      }
    }

    async function positions(): Promise<(number | null)[]> {
      const rows = await db.read((sql) =>
        sql.query<{ position: number | null }>('SELECT position FROM outbox ORDER BY position'),
      );
      return rows.map(({ position }) => position);
    }

    const all = (count: number) => async (): Promise<boolean> => heard.size === count;
    const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

    it('is killed under load and comes back: nothing is lost, skipped or left open', async () => {
      await start('killed');
      const saying = say(1, 3_000);
      await until('some are heard', async () => heard.size > 300);
      await rabbit.kill();
      await saying;
      expect(heard.size).toBeLessThan(3_000);
      await rabbit.start();
      await until('all are heard', all(3_000), backWithinMs);
      await until('all are marked', async () => !(await positions()).includes(null), backWithinMs);
      expect(await positions()).toEqual(upTo(300));
      // One connection to publish, one to read: those that were cut are gone.
      await until('no connection is left over', () => proxy.connections === 2);
    });

    it('takes no messages for want of memory: the relay waits, bounded, and goes on', async () => {
      await start('alarmed', alarm);
      await say(1, windowEventsMax + 4_000);
      await until('it is told so', () => log.lines.some((line) => line.includes('takes no')));
      await until('publishing is down', () => transport.status === 'down');
      const rejected = transport.publish([]);
      expect(rejected).toEqual([]);
      expect((await positions()).every((position) => position === null)).toBe(true);
      await rabbit.kill();
      await rabbit.start();
      await until('all are heard', all(windowEventsMax + 4_000), backWithinMs);
      await until('all are marked', async () => !(await positions()).includes(null), backWithinMs);
    });
  });
} else {
  describe('A broker in trouble IS NOT TESTED: no RabbitMQ server is installed', () => {
    it('says so', () => {
      process.stderr.write('!! NOT TESTED: a broker that is killed or out of memory\n');
      expect(canHavePrivateRabbit()).toBe(false);
    });
  });
}
