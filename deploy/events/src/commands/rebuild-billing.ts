import { z } from 'zod';
import { bodiesOf } from '../doors/bodies.ts';
import { InFlight } from '../doors/in-flight.ts';
import { JournalDoor } from '../doors/journal-door.ts';
import type { ServiceDoors } from '../doors/service-doors.ts';
import { tableOf } from '../words/table.ts';
import type { Terminal } from '../words/terminal.ts';

const BODIES_MAX = 4;
/** Differences that are shown; all of them are counted. */
const SHOWN_MAX = 20;

const refilledView = z.object({
  checked: z.int(),
  filled: z.int(),
  different: z.array(z.object({ dealId: z.int(), field: z.string() })),
});

/**
 * Sets Billing's lines beside Deal's journal: fills in those that are missing, and tells of those that
 * stand otherwise, which nobody changes. Answers the exit code: 1 when there are such.
 */
export async function rebuildBilling(doors: ServiceDoors, terminal: Terminal): Promise<number> {
  const journal = new JournalDoor(doors, 'deal');
  const begun = await journal.state();
  const sum = { checked: 0, filled: 0, different: [] as { dealId: number; field: string }[] };
  const bodies = new InFlight(BODIES_MAX);
  const refill = async (events: string): Promise<void> => {
    const body = `{"events":${events}}`;
    const page = await doors.ask('billing', 'POST', '/refill', refilledView, body);
    sum.checked += page.checked;
    sum.filled += page.filled;
    sum.different.push(...page.different);
  };
  for await (const { events, position } of journal.whole(begun)) {
    for (const body of bodiesOf(events)) await bodies.add(() => refill(body));
    const share = begun.lastPosition === 0 ? 1 : position / begun.lastPosition;
    terminal.progress(Math.min(share, 0.99), `${sum.checked} lines`);
  }
  await bodies.finish();
  terminal.progress(1, `${sum.checked} lines`);
  terminal.document({ ...sum, journalFrom: begun.firstPosition });
  terminal.line(`${sum.checked} lines checked, ${sum.filled} were missing and are there now`);
  if (sum.different.length === 0) return 0;
  terminal.complain(`${sum.different.length} lines stand otherwise than Deal told:`);
  const shown = sum.different.slice(0, SHOWN_MAX);
  const rows = shown.map(({ dealId, field }) => [dealId, field]);
  for (const line of tableOf(['deal', 'field'], rows)) terminal.line(line);
  return 1;
}
