import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { billingSchema, defineBilling } from '@onepoint/billing';
import type { ServiceName } from '@onepoint/contracts';
import { dashboardSchema, defineDashboard } from '@onepoint/dashboard';
import { dealSchema, defineDeal } from '@onepoint/deal';
import { defineMember, memberSchema } from '@onepoint/member';
import { InProcessTransport } from '@onepoint/messaging';
import type { SharedParts } from '@onepoint/messaging';
import type { SchemaParts, StorageOptions } from '@onepoint/persistence';
import type { ServiceBlueprint } from '@onepoint/platform';
import { definePoint, pointSchema } from '@onepoint/point';

/** One service as the standalone runs it: with its storage, and its share of the one transport. */
export interface StandaloneService {
  readonly name: ServiceName;
  readonly schema: SchemaParts;
  readonly storage: StorageOptions;
  readonly define: () => ServiceBlueprint;
}

type Define = (env: NodeJS.ProcessEnv, shared: SharedParts) => ServiceBlueprint;

/** In the order of their ports. */
const SERVICES: readonly [ServiceName, SchemaParts, Define][] = [
  ['point', pointSchema, definePoint],
  ['member', memberSchema, defineMember],
  ['dashboard', dashboardSchema, defineDashboard],
  ['billing', billingSchema, defineBilling],
  ['deal', dealSchema, defineDeal],
];

/** The folder of the embedded databases: everything that `--fresh` throws away. */
export function standaloneFolder(dataFolder: string): string {
  return join(dataFolder, 'standalone');
}

/** The five services on SQLite files, speaking over one in-process transport. */
export function standaloneServices(
  env: NodeJS.ProcessEnv,
  dataFolder: string,
): { services: StandaloneService[]; transport: InProcessTransport } {
  const folder = standaloneFolder(dataFolder);
  mkdirSync(folder, { recursive: true });
  const transport = new InProcessTransport({
    expectedReaders: ['point', 'dashboard', 'billing', 'deal'],
    deadLetterFile: join(folder, 'dead-letters.ndjson'),
  });
  const services = SERVICES.map(([name, schema, define]) => {
    const storage: StorageOptions = { kind: 'sqlite', file: join(folder, `${name}.sqlite`) };
    return { name, schema, storage, define: () => define(env, { transport, storage }) };
  });
  return { services, transport };
}
