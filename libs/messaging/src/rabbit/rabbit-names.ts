/** What one service's queues and the exchange of all are called on the broker. */
export interface RabbitNames {
  readonly exchange: string;
  readonly queue: string;
  readonly dead: string;
  /** One queue for each delay, because only a time to live of the whole queue is kept exactly. */
  retry(delayMs: number): string;
}

/** The exchange that all services of one namespace publish to: `onepoint.events`. */
export function exchangeName(namespace: string): string {
  return `${namespace}.events`;
}

/** The names of one service within a namespace, so that two systems can share one broker. */
export function rabbitNames(namespace: string, service: string): RabbitNames {
  const queue = `${namespace}.${service}`;
  return {
    exchange: exchangeName(namespace),
    queue,
    dead: `${queue}.dead`,
    retry: (delayMs) => `${queue}.retry.${delayMs}`,
  };
}
