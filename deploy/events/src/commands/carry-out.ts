import type { BrokerDesk } from '@onepoint/messaging';
import type { ServiceDoors } from '../doors/service-doors.ts';
import type { Order } from '../words/order.ts';
import type { Terminal } from '../words/terminal.ts';
import { USAGE } from '../words/usage.ts';
import { listDead, settleDead, showDead } from './dead-letters.ts';
import { rebuildBilling } from './rebuild-billing.ts';
import { endRebuild, rebuildDashboard } from './rebuild-dashboard.ts';
import { replay } from './replay.ts';
import { showStatus } from './show-status.ts';

/** Does what was asked for; answers the exit code. */
export async function carryOut(
  order: Order,
  doors: ServiceDoors,
  desk: BrokerDesk,
  terminal: Terminal,
): Promise<number> {
  switch (order.order) {
    case 'help':
      terminal.line(USAGE.trimEnd());
      return 0;
    case 'status':
      return showStatus(doors, desk, terminal);
    case 'dead list':
      return listDead(desk, terminal, order.service, order.limit);
    case 'dead show':
      return showDead(desk, terminal, order.service, order.id, order.limit);
    case 'dead retry':
    case 'dead drop':
      return settleDead(desk, terminal, { ...order, order: order.order });
    case 'replay':
      return replay(doors, desk, terminal, order);
    case 'rebuild dashboard':
      return rebuildDashboard(doors, terminal, order.evenIncomplete);
    case 'rebuild dashboard abort':
      return endRebuild(doors, terminal, 'abort');
    case 'rebuild dashboard drop-old':
      return endRebuild(doors, terminal, 'drop-old');
    case 'rebuild billing':
      return rebuildBilling(doors, terminal);
    default:
      return order satisfies never;
  }
}
