import { createHash, randomBytes } from 'node:crypto';
import type { PrivateServers } from './private-servers.ts';

/** The five services, in the order in which they are started. */
export const serviceNames = ['point', 'member', 'dashboard', 'billing', 'deal'] as const;
export type ServiceName = (typeof serviceNames)[number];
export type ServiceUrls = Readonly<Record<ServiceName, string>>;

/** Where each service answers, at these ports in their order. */
export function urlsAt(ports: readonly number[]): ServiceUrls {
  return Object.fromEntries(
    serviceNames.map((name, at) => [name, `http://127.0.0.1:${ports[at]}`]),
  ) as ServiceUrls;
}

/** What tells one system on the same servers from another. */
export interface SystemNames {
  readonly operatorToken: string;
  /** Also the namespace of its events. */
  readonly databasePrefix: string;
  readonly pointUrl: string;
}

/** The environment of all five, with doors closed and secrets of its own. */
export function productionEnvironment(
  servers: Pick<PrivateServers, 'mysqlUrl' | 'rabbitUrl'>,
  urls: ServiceUrls,
  { operatorToken, databasePrefix, pointUrl }: SystemNames,
): NodeJS.ProcessEnv {
  const hash = createHash('sha256').update(operatorToken).digest('hex');
  const ports = serviceNames.map((name) => [
    `${name.toUpperCase()}_PORT`,
    new URL(urls[name]).port,
  ]);
  return {
    PATH: process.env['PATH'],
    // As deploy/k8s runs them: with a heap that it may not use, the engine collects late and memory says little.
    NODE_OPTIONS: '--max-old-space-size=384',
    NODE_ENV: 'production',
    DRAIN_MS: '0',
    LOG_LEVEL: 'info',
    MYSQL_URL: servers.mysqlUrl,
    MYSQL_DATABASE_PREFIX: databasePrefix,
    RABBITMQ_URL: servers.rabbitUrl,
    EVENTS_NAMESPACE: databasePrefix.replace(/_$/, ''),
    SERVICE_TOKEN: randomBytes(32).toString('base64url'),
    OPERATOR_TOKENS: `bench:${hash}:members+merchants+settlement+dashboard`,
    MEMBER_DATA_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    MEMBER_HASH_KEY: randomBytes(32).toString('base64'),
    POINT_URL: pointUrl,
    DEAL_URL: urls.deal,
    ...Object.fromEntries(ports),
  };
}
