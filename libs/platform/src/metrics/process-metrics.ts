import { collectDefaultMetrics, Registry } from 'prom-client';

/**
 * How often the event loop's delay is looked at. At prom-client's 10 ms it woke five idle services 500 times a second,
 * for a third of all that they then cost; a delay that matters lasts longer.
 */
const EVENT_LOOP_LOOK_EVERY_MS = 100;

let registry: Registry | undefined;

/** Memory, CPU and event loop: collected once, however many apps share the process. */
export function processMetrics(): Registry {
  if (registry === undefined) {
    registry = new Registry();
    collectDefaultMetrics({
      register: registry,
      eventLoopMonitoringPrecision: EVENT_LOOP_LOOK_EVERY_MS,
    });
  }
  return registry;
}
