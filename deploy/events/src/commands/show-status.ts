import { serviceNames } from '@onepoint/contracts';
import type { ServiceName } from '@onepoint/contracts';
import { defaultRetryDelaysMs } from '@onepoint/messaging';
import type { BrokerDesk, JournalStateView, QueueDepths } from '@onepoint/messaging';
import { JournalDoor } from '../doors/journal-door.ts';
import type { ServiceDoors } from '../doors/service-doors.ts';
import { spanOf, tableOf } from '../words/table.ts';
import type { Cell } from '../words/table.ts';
import type { Terminal } from '../words/terminal.ts';

/** How one service stands; what could not be asked is null. */
interface ServiceStatus {
  readonly service: ServiceName;
  readonly journal: JournalStateView | null;
  readonly queues: QueueDepths | null;
}

/** Shows how everything stands. Answers the exit code: 1 when somebody could not be asked. */
export async function showStatus(
  doors: ServiceDoors,
  desk: BrokerDesk,
  terminal: Terminal,
): Promise<number> {
  let unasked = 0;
  const orNothing = async <Found>(asked: Promise<Found>): Promise<Found | null> =>
    asked.catch((error: unknown) => {
      unasked += 1;
      terminal.complain(error instanceof Error ? error.message : String(error));
      return null;
    });
  const journals = await Promise.all(
    serviceNames.map((service) => orNothing(new JournalDoor(doors, service).state())),
  );
  const queues = await orNothing(
    Promise.all(serviceNames.map((service) => desk.depths(service, defaultRetryDelaysMs))),
  );
  const all = serviceNames.map((service, at): ServiceStatus => {
    const [journal, depths] = [journals[at] ?? null, queues?.[at] ?? null];
    return { service, journal, queues: depths };
  });
  terminal.document(all);
  for (const line of [...outboxTable(all), '', ...queueTable(all)]) terminal.line(line);
  return unasked === 0 ? 0 : 1;
}

function outboxTable(all: readonly ServiceStatus[]): string[] {
  const heads = ['outbox of', 'unsent', 'oldest', 'last position', 'kept from', 'relay'];
  return tableOf(
    heads,
    all.map(({ service, journal }): Cell[] => [
      service,
      journal?.unsentRows ?? null,
      ageOf(journal?.oldestUnsentAt ?? null),
      journal?.lastPosition ?? null,
      journal?.firstPosition ?? null,
      journal?.relayHolder ?? null,
    ]),
  );
}

function queueTable(all: readonly ServiceStatus[]): string[] {
  const heads = ['queue of', 'ready', 'consumers', 'retry', 'dead', 'hears', 'lag', 'slowest from'];
  const readers = all.filter(({ journal, queues }) => queues !== null || hearsAnything(journal));
  return tableOf(
    heads,
    readers.map(({ service, journal, queues }): Cell[] => {
      const heard = (journal?.reader.heard ?? []).toSorted((a, b) => b.lagMs - a.lagMs);
      const [slowest] = heard;
      return [
        service,
        queues?.ready ?? null,
        queues?.consumers ?? null,
        queues?.retry.reduce((sum, { messages }) => sum + messages, 0) ?? null,
        queues?.dead ?? null,
        journal === null ? null : journal.reader.isUp ? 'yes' : 'no',
        slowest === undefined ? null : spanOf(slowest.lagMs),
        slowest?.source ?? null,
      ];
    }),
  );
}

function hearsAnything(journal: JournalStateView | null): boolean {
  return journal !== null && journal.reader.keys.length > 0;
}

function ageOf(instant: string | null): string | null {
  return instant === null ? null : spanOf(Math.max(Date.now() - Date.parse(instant), 0));
}
