import { billingRoutes } from './billing-routes.ts';
import { dashboardRoutes } from './dashboard-routes.ts';
import { dealRoutes } from './deal-routes.ts';
import { internalRoutes } from './internal-routes.ts';
import { memberRoutes, pointRoutes } from './member-and-point-routes.ts';
import type { Doors } from '../running/doors.ts';
import { serviceNames } from '@onepoint/contracts';
import type { Route } from './route.ts';

/** Every public operation, by hand: one that is not here has not been thought about. */
export const ROUTES: readonly Route[] = [
  ...memberRoutes,
  ...pointRoutes,
  ...dealRoutes,
  ...billingRoutes,
  ...dashboardRoutes,
  ...internalRoutes,
];

/** What a service says of itself, as far as it matters here. */
interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The operations that the services publish, named as `nameOf` names them, with whom each lets in. */
export async function publishedRoutes(doors: Doors): Promise<Map<string, readonly string[]>> {
  const published = new Map<string, readonly string[]>();
  for (const service of serviceNames) {
    const { body } = await doors.get(service, '/docs/openapi.json');
    for (const [path, operations] of Object.entries((body as unknown as OpenApi).paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        const { 'x-allow': allow } = operation as { 'x-allow': readonly string[] };
        published.set(`${service} ${method.toUpperCase()} ${path}`, allow);
      }
    }
  }
  return published;
}
