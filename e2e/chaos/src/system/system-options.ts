import type { Dice } from '../run/dice.ts';
import type { PrivateServers } from './private-servers.ts';

/** How one system is set up. */
export interface SystemOptions {
  /** Tells its databases, queues and folder from those of other systems on the same servers. */
  readonly label: string;
  readonly folder: string;
  /** Where the copied programs are. */
  readonly programs: string;
  /** Whose migrations lay the databases; else those of the same programs. */
  readonly migrations?: string;
  readonly servers: PrivateServers;
  /** Processes of deal and of point each, 1 or 2. */
  readonly replicas: number;
  readonly dice: Dice;
  /**
   * Without proxies: where the harness itself is so busy that they would be what is measured. Lines
   * cannot be disturbed then. Only with one replica.
   */
  readonly isStraight?: boolean;
  /** Further variables for all services. */
  readonly env?: NodeJS.ProcessEnv;
}
