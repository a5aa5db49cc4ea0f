import type { NewEvent } from '../outbox/new-event.ts';
import { newEvent } from '../outbox/new-event.ts';
import type { Database, Dialect } from '@onepoint/persistence';
import { silentObserver } from '../observe/messaging-observer.ts';
import { CommitBell } from '../outbox/commit-bell.ts';
import { Outbox } from '../outbox/outbox.ts';
import type { OutboxDatabase } from '../relay/outbox-database.ts';
import { Relay } from '../relay/relay.ts';
import { DatabasePlayground } from './database-playground.ts';
import { recordingLogger } from './recording-logger.ts';
import { ScriptedTransport } from './scripted-transport.ts';

/** One outbox row as the journal shows it. */
export interface JournalRow {
  readonly id: number;
  readonly position: number | null;
  readonly event_count: number;
}

/** The event that a member came to be. */
export function created(memberId: number): NewEvent<'member.created.v1'> {
  return newEvent('member.created.v1', {
    subject: `member/${memberId}`,
    sequence: 0,
    occurredAt: Date.UTC(2026, 10, 1),
    data: { memberId, joinedAt: '2026-11-01T00:00:00.000Z' },
  });
}

/** Which members the published events are about, in their order. */
export function membersOf(transport: ScriptedTransport): number[] {
  return transport.published.map(({ body }) => Number(/"memberId":(\d+)/.exec(body)?.[1]));
}

/** A real database with an outbox, a transport that answers as told, and relays between them. */
export class RelayStage {
  readonly transport = new ScriptedTransport();
  readonly bell = new CommitBell();
  readonly outbox = new Outbox('member', this.bell);
  readonly log = recordingLogger();
  readonly returned: string[] = [];
  readonly #relays: Relay[] = [];

  private constructor(
    private readonly ground: DatabasePlayground,
    readonly db: Database,
  ) {}

  static async set(dialect: Dialect): Promise<RelayStage> {
    const ground = await DatabasePlayground.make(dialect);
    return new RelayStage(ground, await ground.open());
  }

  /** A relay at work; stopped at the end unless it works on a database that never answers. */
  relay(db: OutboxDatabase = this.db, transport = this.transport): Relay {
    const observer = { ...silentObserver, returned: (key: string) => void this.returned.push(key) };
    const relay = new Relay({
      ...{ service: 'member' as const, db, transport },
      ...{ bell: this.bell, observer, logger: this.log },
    });
    if (db === this.db) this.#relays.push(relay);
    relay.start();
    return relay;
  }

  /** The database as a process sees it that is killed or frozen: from some moment on nothing comes back. */
  freezable(isFrozen: () => boolean): OutboxDatabase {
    const { db } = this;
    const never = new Promise<never>(() => undefined);
    return {
      dialect: db.dialect,
      read: (work) => (isFrozen() ? never : db.read(work)),
      transaction: (work) => (isFrozen() ? never : db.transaction(work)),
    };
  }

  say(...memberIds: number[]): Promise<void> {
    return this.db.transaction((tx) => this.outbox.append(tx, memberIds.map(created)));
  }

  journal(): Promise<JournalRow[]> {
    return this.db.read((sql) =>
      sql.query('SELECT id, position, event_count FROM outbox ORDER BY id'),
    );
  }

  async unsent(): Promise<number[]> {
    const rows = await this.journal();
    return rows.filter(({ position }) => position === null).map(({ id }) => id);
  }

  async allSent(): Promise<boolean> {
    return (await this.unsent()).length === 0;
  }

  /** Lets the next relay take over at once, as if the lease had run out. */
  expireLease(): Promise<unknown> {
    return this.db.transaction((tx) => tx.execute('UPDATE relay_lease SET until_ms = 0'));
  }

  async clear(): Promise<void> {
    this.transport.answer = async () => 'taken';
    await Promise.all(this.#relays.map((relay) => relay.stop()));
    await this.ground.clean();
  }
}
