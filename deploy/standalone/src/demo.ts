import { parseArgs } from 'node:util';
import { BusinessCalendar, parseSettings, processSettingsSchema } from '@onepoint/platform';
import { WORDS } from './demo/demo-words.ts';
import type { Language } from './demo/demo-words.ts';
import { Doors } from './demo/doors.ts';
import { Scenario } from './demo/scenario.ts';
import { Terminal } from './demo/terminal.ts';

const USAGE = `npm run demo [-- --lang en|ko]

Plays the scenario that OnePoint was born from against the system that is running (npm start or
npm run start:full), and shows each call, its answer and the balances.
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      lang: { type: 'string', default: preferredLanguage() },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help || (values.lang !== 'en' && values.lang !== 'ko')) {
    process.stdout.write(USAGE);
    return values.help ? 0 : 2;
  }
  const words = WORDS[values.lang];
  const settings = parseSettings(processSettingsSchema, process.env);
  const terminal = new Terminal();
  const doors = new Doors(settings, terminal);
  const ready = await doors.ask('GET', `${doors.deal}/health/ready`).catch(() => null);
  if (ready?.status !== 200) {
    process.stderr.write(`${words.unreachable}\n`);
    return 1;
  }
  terminal.title(words.heading);
  const month = new BusinessCalendar(settings.BUSINESS_TIME_ZONE).monthOf(Date.now());
  await new Scenario(doors, terminal, words).play(month);
  terminal.line('');
  terminal.title(terminal.isAllGood ? words.allGood : words.wrong);
  return terminal.isAllGood ? 0 : 1;
}

function preferredLanguage(): Language {
  return (process.env['LANG'] ?? '').startsWith('ko') ? 'ko' : 'en';
}

process.exitCode = await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  return 1;
});
