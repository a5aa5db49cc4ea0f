// S4 and the relay: events a second through the relay, into the dashboard's projections and through a rebuild,
// beside a hand-written amqplib loop, in one run on one machine.
//   npm run bench:events -- [--events 300000] [--json file]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { withCleanUp } from './clean-up.ts';
import { eventRates } from './measures/event-rates.ts';
import type { EventRates } from './report/bench-report.ts';

const { values } = parseArgs({
  options: { events: { type: 'string', default: '300000' }, json: { type: 'string' } },
});
const rates = await withCleanUp((stops) => eventRates(stops, Number(values.events)));
for (const line of linesOf(rates)) process.stdout.write(`${line}\n`);
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(rates, null, 2));

function linesOf(rates: EventRates): string[] {
  const row = (what: string, rate: number, beside: number, loop: string): string =>
    `${what.padEnd(28)} ${rate.toFixed(0).padStart(8)}/s   ${loop} ${beside.toFixed(0).padStart(8)}/s   ×${(rate / beside).toFixed(2)}`;
  const { relayed, projected, rebuilt, loopPublished, loopConsumed } = rates;
  return [
    `${rates.events} events`,
    row('relay (outbox → confirmed)', relayed, loopPublished, 'loop publishes'),
    row('projections (queue → read)', projected, loopConsumed, 'loop consumes '),
    row('rebuild (journal → read)', rebuilt, loopConsumed, 'loop consumes '),
  ];
}
