import { BrokerDesk } from '@onepoint/messaging';
import { explainFailure } from '@onepoint/platform';
import { carryOut } from './commands/carry-out.ts';
import { ServiceDoors, operatorSettings } from './doors/service-doors.ts';
import { NotUnderstood, readOrder } from './words/order.ts';
import { processTerminal } from './words/terminal.ts';
import { USAGE } from './words/usage.ts';

/** What goes wrong with the broker is told once, at the end, and not at every attempt. */
const quiet = { log: () => undefined, warn: () => undefined, error: () => undefined };

async function main(): Promise<number> {
  const { order, isJson } = readOrder(process.argv.slice(2));
  const terminal = processTerminal(isJson);
  const settings = operatorSettings(process.env);
  const desk = new BrokerDesk({
    ...{ url: settings.RABBITMQ_URL, namespace: settings.EVENTS_NAMESPACE, logger: quiet },
  });
  try {
    return await carryOut(order, new ServiceDoors(settings), desk, terminal);
  } finally {
    await desk.close();
  }
}

process.exitCode = await main().catch((error: unknown) => {
  if (error instanceof NotUnderstood) {
    process.stderr.write(`${error.message}\n\n${USAGE}`);
    return 2;
  }
  process.stderr.write(`${explainFailure(error).join('\n')}\n`);
  return 1;
});
