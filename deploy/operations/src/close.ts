import { BillingAway, BillingDoor, BillingRefused } from './close/billing-door.ts';
import { CalledWrongly, USAGE, readOrder } from './close/read-order.ts';
import type { CloseOrder } from './close/read-order.ts';
import { isAllSettled, resultText } from './close/result-text.ts';
import { BarScreen, LineScreen, noScreen } from './close/screens.ts';
import type { Screen } from './close/screens.ts';
import { watchClose } from './close/watch-close.ts';

/** What a shell expects of a program that was ended by Ctrl-C. */
const INTERRUPTED = 130;

function screenFor({ asJson }: CloseOrder): Screen {
  if (asJson) return noScreen;
  const { stdout } = process;
  return stdout.isTTY ? new BarScreen(stdout, () => performance.now()) : new LineScreen(stdout);
}

async function close(order: CloseOrder): Promise<number> {
  const screen = screenFor(order);
  process.once('SIGINT', () => {
    screen.end();
    process.stderr.write('Billing goes on with the close; call again to look on\n');
    process.exit(INTERRUPTED);
  });
  try {
    const door = new BillingDoor(order.billingUrl, order.operatorToken);
    const result = await watchClose(door, order.billingMonth, (seen) => screen.show(seen));
    screen.end();
    process.stdout.write(order.asJson ? `${JSON.stringify(result)}\n` : resultText(result));
    return isAllSettled(result) ? 0 : 1;
  } finally {
    screen.end();
  }
}

async function main(): Promise<number> {
  try {
    const order = readOrder(process.argv.slice(2), process.env);
    if (order !== null) return await close(order);
    process.stdout.write(USAGE);
    return 0;
  } catch (error) {
    if (error instanceof CalledWrongly) {
      process.stderr.write(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    if (!(error instanceof BillingAway || error instanceof BillingRefused)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

process.exitCode = await main();
