import type { ReadinessCheck } from '@onepoint/platform';
import type { EventTransport } from '../transport/event-transport.ts';
import { BrokerAway } from '../transport/transport.errors.ts';

/** Reports a broker that is away as degraded: a service stays ready for what it can do without (P5). */
export function brokerCheck(transport: EventTransport): ReadinessCheck {
  return {
    name: 'broker',
    required: false,
    async check() {
      if (transport.status === 'down') throw new BrokerAway('events wait in the outbox');
    },
  };
}
