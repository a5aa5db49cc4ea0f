import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { serviceNames } from '@onepoint/contracts';
import { PERSON, callers, dueFate, fateOf, knock, secretOf } from './credentials/callers.ts';
import { hideFromOtherMerchants } from './credentials/other-merchants.ts';
import { makeSecrets } from './credentials/secrets.ts';
import type { Secrets } from './credentials/secrets.ts';
import { tracesOf } from './credentials/traces.ts';
import { ROUTES, publishedRoutes } from './routes/all-routes.ts';
import { nameOf } from './routes/route.ts';
import type { Doors } from './running/doors.ts';
import { OnePoint } from './running/one-point.ts';
import { until } from './running/until.ts';

jest.setTimeout(120_000);

let onePoint: OnePoint;
let secrets: Secrets;
let doors: Doors;
let admin: Doors;
const keys = { own: '', other: '', revoked: '' };
beforeAll(async () => {
  secrets = await makeSecrets();
  onePoint = await OnePoint.start('standalone', { ...secrets.env, LOG_LEVEL: 'trace' });
  ({ doors } = onePoint);
  admin = doors.as(secrets.admin);
  await admin.post('deal', '/merchants', { id: 20, name: '씨앗커피' });
  await admin.post('deal', '/merchants', { id: 30, name: '한옥책방' });
  keys.own = await newKey(20);
  keys.other = await newKey(30);
  keys.revoked = await newKey(20);
  const [, keyId] = keys.revoked.split('_');
  await admin.ask('deal', 'DELETE', `/merchants/20/keys/${keyId}`);
  // Billing hears of keys by events.
  for (const [key, status] of [
    [keys.own, 200],
    [keys.other, 200],
    [keys.revoked, 401],
  ] as const) {
    await until(
      () => doors.as(key).get('billing', '/billings'),
      (answer) => answer.status === status,
    );
  }
});
afterAll(() => onePoint?.remove());

const named = ROUTES.map((route) => ({ route, name: nameOf(route) }));

describe('closed doors (P12)', () => {
  it('are written down here as the services publish them, none left out', async () => {
    const here = named.map(({ name, route }) => [name, [...route.allow].sort()]);
    const published = [...(await publishedRoutes(doors))].map(([name, allow]) => [
      name,
      [...allow].sort(),
    ]);
    expect(here.sort()).toEqual(published.sort());
  });

  it.each(named)('$name: lets in whom it should, and nobody else', async ({ route }) => {
    const seen: Record<string, string> = {};
    const due: Record<string, string> = {};
    for (const [who, door] of callers(doors, secrets, keys)) {
      seen[who] = fateOf(await knock(door, route));
      due[who] = dueFate(who, route);
    }
    expect(seen).toEqual(due);
  });

  it.each([...serviceNames])(
    '%s: health, numbers and documents are for everybody',
    async (service) => {
      for (const path of [
        '/health/live',
        '/health/ready',
        '/metrics',
        '/docs',
        '/docs/openapi.json',
      ]) {
        expect([path, (await doors.get(service, path)).status]).toEqual([path, 200]);
      }
    },
  );
});

hideFromOtherMerchants(() => ({ admin, own: doors.as(keys.own), other: doors.as(keys.other) }));

describe('secrets', () => {
  it('of a key are shown once', async () => {
    const { body } = await admin.get('deal', '/merchants/20/keys');
    expect(body['items']).toHaveLength(2);
    expect(JSON.stringify(body)).not.toContain(secretOf(keys.own));
  });

  it('and personal data are neither stored in the open nor logged at the loudest (P12, P13)', () => {
    const { SERVICE_TOKEN, MEMBER_HASH_KEY } = secrets.env;
    const words = [
      ...Object.values(keys).map(secretOf),
      ...Object.values(PERSON),
      ...Object.values(secrets.operators),
      secrets.admin,
      SERVICE_TOKEN!,
      MEMBER_HASH_KEY!,
    ];
    expect(onePoint.program.stdout.length).toBeGreaterThan(100);
    expect(tracesOf(words, onePoint.place.folder, onePoint.program.said)).toEqual([]);
  });
});

async function newKey(merchantId: number): Promise<string> {
  const { body } = await admin.post('deal', `/merchants/${merchantId}/keys`, undefined);
  return String(body['secret']);
}
