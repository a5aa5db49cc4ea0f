type Stop = () => Promise<void>;

const INTERRUPTED = 130;
const FAILED = 1;

/**
 * Does something that starts servers and processes, and stops them however it ends: in the reverse order
 * of their starts, each even if another one fails to. A signal ends the whole run the same way.
 */
export async function withCleanUp<Result>(
  work: (stops: Stop[]) => Promise<Result>,
): Promise<Result> {
  const stops: Stop[] = [];
  const interrupted = interruption(() => stopAll(stops));
  try {
    return await work(stops);
  } finally {
    // What fails because it is being stopped must not end the process before everything is.
    await interrupted.whileStopping();
    interrupted.forget();
    await stopAll(stops);
  }
}

/** Hears the first signal, or what nobody caught, stops everything and ends the process. */
function interruption(stop: Stop): { whileStopping(): Promise<void>; forget(): void } {
  let stopping: Promise<void> | null = null;
  const end = (code: number): void => {
    stopping ??= stop().finally(() => process.exit(code));
  };
  const interrupt = (): void => end(INTERRUPTED);
  const fail = (error: unknown): void => {
    process.stderr.write(
      `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    end(FAILED);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  process.on('uncaughtException', fail);
  return {
    whileStopping: () => stopping ?? Promise.resolve(),
    forget: () => {
      process.off('SIGINT', interrupt);
      process.off('SIGTERM', interrupt);
      process.off('uncaughtException', fail);
    },
  };
}

/** Also what is started while others are being stopped. */
async function stopAll(stops: Stop[]): Promise<void> {
  const failures: Error[] = [];
  for (let stop = stops.pop(); stop !== undefined; stop = stops.pop()) {
    const failure = await settled(stop);
    if (failure !== null) failures.push(failure);
  }
  if (failures[0] !== undefined) throw failures[0];
}

async function settled(stop: Stop): Promise<Error | null> {
  try {
    await stop();
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}
