import { createHash } from 'node:crypto';
import { Controller, Get, Post } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { RunningService } from '../process/service-blueprint.ts';
import { startService } from '../process/start-service.ts';
import {
  SampleController,
  sampleBlueprint,
  sampleKey,
  sampleSettings,
} from '../testing/sample-service.ts';
import { Allow } from './allow.ts';
import { OPERATOR_COOKIE } from './credential.ts';
import { newMerchantKey } from './merchant-key.ts';

const serviceToken = 's'.repeat(40);
const aliceToken = 'alice-has-members-and-settlement';
const bobToken = 'bob-has-dashboard-only';
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const closedSettings = {
  SERVICE_TOKEN: serviceToken,
  OPERATOR_TOKENS: `alice:${sha256(aliceToken)}:members+settlement,bob:${sha256(bobToken)}:dashboard`,
};

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const cookie = (token: string) => ({ cookie: `theme=dark; ${OPERATOR_COOKIE}=${token}` });
const strangersKey = newMerchantKey().secret;
const forgedKey = `${sampleKey.secret.slice(0, -1)}${sampleKey.secret.endsWith('A') ? 'B' : 'A'}`;

const routes = ['public', 'merchant', 'service', 'members', 'either'] as const;
type Row = [string, Record<string, string>, readonly (number | string)[]];

/** Every kind of credential × every kind of rule: a status, or the name under which it came in. */
const table: Row[] = [
  ['none', {}, [200, 401, 401, 401, 401]],
  ['a merchant', bearer(sampleKey.secret), [200, 'merchant:20', 403, 403, 'merchant:20']],
  ['the service', bearer(serviceToken), [200, 403, 'service', 403, 403]],
  ['alice', bearer(aliceToken), [200, 403, 403, 'operator:alice', 'operator:alice']],
  ['bob', bearer(bobToken), [200, 403, 403, 403, 403]],
  ["alice's cookie", cookie(aliceToken), [200, 403, 403, 'operator:alice', 'operator:alice']],
  ["the service's token in a cookie", cookie(serviceToken), [200, 401, 401, 401, 401]],
  ["a merchant's key in a cookie", cookie(sampleKey.secret), [200, 401, 401, 401, 401]],
  ["a stranger's key", bearer(strangersKey), [200, 401, 401, 401, 401]],
  ['a forged secret', bearer(forgedKey), [200, 401, 401, 401, 401]],
  ['an unknown token', bearer('nobody'), [200, 401, 401, 401, 401]],
  ['a hash instead of a token', bearer(sha256(aliceToken)), [200, 401, 401, 401, 401]],
  ['another scheme', { authorization: `Basic ${aliceToken}` }, [200, 401, 401, 401, 401]],
  ['an empty header', { authorization: 'Bearer ' }, [200, 401, 401, 401, 401]],
  ['an endless token', bearer('x'.repeat(2_000)), [200, 401, 401, 401, 401]],
];

async function knock(service: RunningService, route: string, headers: Record<string, string>) {
  const response = await fetch(`${service.url}/sample/${route}`, { headers });
  const body = (await response.json()) as Record<string, unknown>;
  if (response.status === 401) {
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
    expect(body['code']).toBe('UNAUTHENTICATED');
  }
  if (response.status === 403) expect(body['code']).toBe('FORBIDDEN');
  return body['caller'] ?? response.status;
}

describe('closed doors', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService(sampleBlueprint(sampleSettings(closedSettings)));
  });
  afterAll(() => service.stop());

  it.each(table)('treat %s by the rule of each route (P12)', async (_who, headers, expected) => {
    const met = [];
    for (const route of routes) met.push(await knock(service, route, headers));
    expect(met).toEqual(expected);
  });

  it("take a change from an operator's header and never from the cookie", async () => {
    const url = `${service.url}/sample/members`;
    const byHeader = await fetch(url, { method: 'POST', headers: bearer(aliceToken) });
    const byCookie = await fetch(url, { method: 'POST', headers: cookie(aliceToken) });
    expect([byHeader.status, byCookie.status]).toEqual([201, 401]);
  });

  it('are said to be closed', () => {
    expect(service.openDoors).toBe(false);
  });
});

describe('open doors', () => {
  let service: RunningService;
  beforeAll(async () => {
    service = await startService(sampleBlueprint(sampleSettings()));
  });
  afterAll(() => service.stop());

  it('let everyone in who shows nothing', async () => {
    for (const route of routes) {
      expect(await knock(service, route, {})).toBe(route === 'public' ? 200 : 'open');
    }
    expect(service.openDoors).toBe(true);
  });

  it('still check what is shown', async () => {
    expect(await knock(service, 'merchant', bearer(sampleKey.secret))).toBe('merchant:20');
    expect(await knock(service, 'members', bearer(sampleKey.secret))).toBe(403);
    expect(await knock(service, 'merchant', bearer(forgedKey))).toBe(401);
    expect(await knock(service, 'service', bearer('anything'))).toBe(401);
  });

  it.each(['0.0.0.0', '::', '10.0.0.7', 'deal.internal'])(
    'do not start on %s, whatever the settings said',
    async (host) => {
      const blueprint = { ...sampleBlueprint(sampleSettings()), host };
      await expect(startService(blueprint)).rejects.toThrow('SERVICE_TOKEN: is required');
    },
  );
});

describe('a route without a rule', () => {
  @Controller('forgotten')
  class ForgottenController {
    @Get('fine')
    @Allow('public')
    fine(): void {}

    @Post('things/:id')
    things(): void {}
  }

  @Controller('inherited')
  class InheritingController extends ForgottenController {}

  it('keeps the process from starting, and is named', async () => {
    const controllers = [SampleController, ForgottenController];
    const start = startService(sampleBlueprint(sampleSettings(), controllers));
    await expect(start).rejects.toThrow(
      'every route needs @Allow(…), missing on: POST /forgotten/things/:id (ForgottenController.things)',
    );
  });

  it('is found when it is inherited too', async () => {
    const start = startService(sampleBlueprint(sampleSettings(), [InheritingController]));
    await expect(start).rejects.toThrow('POST /inherited/things/:id (InheritingController.things)');
  });

  it('may have its rule on the class, and the method has the last word', async () => {
    @Controller('ruled')
    @Allow('service')
    class RuledController {
      @Get('as-class')
      asClass(): { ok: true } {
        return { ok: true };
      }

      @Get('as-method')
      @Allow('public')
      asMethod(): { ok: true } {
        return { ok: true };
      }
    }
    const settings = sampleSettings(closedSettings);
    const service = await startService(sampleBlueprint(settings, [RuledController]));
    try {
      const statuses = await Promise.all(
        ['as-class', 'as-method'].map(
          async (path) => (await fetch(`${service.url}/ruled/${path}`)).status,
        ),
      );
      expect(statuses).toEqual([401, 200]);
    } finally {
      await service.stop();
    }
  });
});
