// One merchant's month of a million lines: settled, announced, and downloaded as CSV, beside a plain SQL sum over the
// same rows in the same run.
//   npm run bench:settle -- [--lines 1000000] [--rounds 3] [--json file]
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { withCleanUp } from './clean-up.ts';
import { settleRounds, settledText } from './measures/settle-month.ts';

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'string' },
  },
});
const results = await withCleanUp((stops) =>
  settleRounds(stops, Number(values.lines), Number(values.rounds), (round) => {
    process.stdout.write(`${settledText(round)}\n`);
  }),
);
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(results, null, 2));
