import type { ServiceName } from '@onepoint/contracts';
import type { JournalStateView } from '@onepoint/messaging';
import { z } from 'zod';
import { bodiesOf } from '../doors/bodies.ts';
import { InFlight } from '../doors/in-flight.ts';
import { JournalDoor } from '../doors/journal-door.ts';
import type { ServiceDoors } from '../doors/service-doors.ts';
import type { Terminal } from '../words/terminal.ts';

/** Who says anything at all. */
const SOURCES: readonly ServiceName[] = ['member', 'deal', 'point', 'billing'];
/** Requests at once: with two of the dashboard's batches full, one is read while the other is being committed. */
const BODIES_MAX = 32;

const stateView = z.object({ serving: z.int(), building: z.int().nullable() });
const filledView = z.object({ unknown: z.int() });

/** The beginning of a journal has been trimmed: what it told would be missing. */
export class JournalIncomplete extends Error {
  override readonly name = 'JournalIncomplete';

  constructor(service: ServiceName, position: number) {
    super(
      `${service}'s journal begins at position ${position} (OUTBOX_KEEP_MS): a rebuild would forget ` +
        `what was before. --incomplete does it all the same.`,
    );
  }
}

/**
 * Builds the dashboard's read model anew while it is serving: live events go into both generations from
 * the begin on, the journals bring what was before, and then the new one is swapped in (P10).
 */
export async function rebuildDashboard(
  doors: ServiceDoors,
  terminal: Terminal,
  evenIncomplete: boolean,
): Promise<number> {
  const startedAt = performance.now();
  if (!evenIncomplete) await refuseIncomplete(await statesOf(doors));
  const { building } = await doors.ask('dashboard', 'POST', '/rebuild', stateView);
  if (building === null) throw new TypeError('a rebuild that was begun is being built');
  terminal.line(`building generation ${building} beside the one that is serving`);
  // Only now: what was published before live events went into both must be among what is read.
  const states = await statesOf(doors);
  const filling = new Filling(doors, terminal, building, states);
  for (const begun of states) await filling.from(begun);
  filling.tell('all', 1);
  const { serving } = await doors.ask(
    'dashboard',
    'POST',
    '/rebuild/swap',
    stateView,
    JSON.stringify({ generation: building }),
  );
  const seconds = (performance.now() - startedAt) / 1_000;
  const { events, unknown } = filling;
  terminal.document({ serving, events, unknown, seconds });
  terminal.line(
    `${events} events projected in ${seconds.toFixed(1)} s, ${unknown} of them unknown`,
  );
  terminal.line(`generation ${serving} is serving; let go of the old one with --drop-old`);
  return 0;
}

/** Gives up what is being built, or lets go of what was replaced. */
export async function endRebuild(
  doors: ServiceDoors,
  terminal: Terminal,
  how: 'abort' | 'drop-old',
): Promise<number> {
  const path = how === 'abort' ? '/rebuild' : '/rebuild/old';
  const state = await doors.ask('dashboard', 'DELETE', path, stateView);
  terminal.document(state);
  terminal.line(`generation ${state.serving} is serving, and there is no other`);
  return 0;
}

function statesOf(doors: ServiceDoors): Promise<JournalStateView[]> {
  return Promise.all(SOURCES.map((service) => new JournalDoor(doors, service).state()));
}

async function refuseIncomplete(states: readonly JournalStateView[]): Promise<void> {
  for (const { service, firstPosition, lastPosition } of states) {
    const first = firstPosition ?? lastPosition + 1;
    if (first > 1) throw new JournalIncomplete(service, first);
  }
}

/** Brings journals into one generation, and tells how far it is. */
class Filling {
  events = 0;
  unknown = 0;
  private readonly wholeLength: number;
  private done = 0;

  constructor(
    private readonly doors: ServiceDoors,
    private readonly terminal: Terminal,
    private readonly generation: number,
    states: readonly JournalStateView[],
  ) {
    this.wholeLength = states.reduce((sum, { lastPosition }) => sum + lastPosition, 0);
  }

  async from(begun: JournalStateView): Promise<void> {
    const bodies = new InFlight(BODIES_MAX);
    for await (const { events, position } of new JournalDoor(this.doors, begun.service).whole(
      begun,
    )) {
      for (const body of bodiesOf(events)) await bodies.add(() => this.bring(body));
      this.events += events.length;
      this.tell(begun.service, this.shareAt(Math.min(position, begun.lastPosition)));
    }
    await bodies.finish();
    this.done += begun.lastPosition;
  }

  private async bring(events: string): Promise<void> {
    const body = `{"generation":${this.generation},"events":${events}}`;
    const { unknown } = await this.doors.ask(
      'dashboard',
      'POST',
      '/rebuild/events',
      filledView,
      body,
    );
    this.unknown += unknown;
  }

  tell(source: ServiceName | 'all', share: number): void {
    this.terminal.progress(share, `${source}, ${this.events} events`.padEnd(30));
  }

  /** Never the whole: what comes meanwhile is still to be read, and the swap to be made. */
  private shareAt(position: number): number {
    return Math.min((this.done + position) / Math.max(this.wholeLength, 1), 0.99);
  }
}
