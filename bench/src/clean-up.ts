type Stop = () => Promise<void>;

const INTERRUPTED = 130;

/**
 * Does something that starts servers and processes, and stops them however it ends: in the reverse order
 * of their starts, each even if another one fails to. A signal ends the whole run the same way.
 */
export async function withCleanUp<Result>(
  work: (stops: Stop[]) => Promise<Result>,
): Promise<Result> {
  const stops: Stop[] = [];
  const stopAll = async (): Promise<void> => {
    const ended = [];
    for (const stop of stops.splice(0).toReversed()) ended.push(await settled(stop));
    const failure = ended.find((each) => each !== null);
    if (failure !== undefined) throw failure;
  };
  const interrupt = (): void => void stopAll().finally(() => process.exit(INTERRUPTED));
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    return await work(stops);
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await stopAll();
  }
}

async function settled(stop: Stop): Promise<Error | null> {
  try {
    await stop();
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
