import { describe, expect, it } from '@jest/globals';
import { dealSettings } from './deal.config.ts';

describe('the settings of Deal', () => {
  it('give a use 610 ms and recovery 3 s unless told otherwise', () => {
    expect(dealSettings({})).toMatchObject({ DEAL_USE_BUDGET_MS: 610, DEAL_PENDING_MAX_MS: 3_000 });
  });

  it('do not let recovery give up uses that are still under way', () => {
    const env = { DEAL_USE_BUDGET_MS: '2500', DEAL_PENDING_MAX_MS: '3000' };
    expect(() => dealSettings(env)).toThrow('DEAL_PENDING_MAX_MS');
    expect(dealSettings({ ...env, DEAL_PENDING_MAX_MS: '3500' }).DEAL_PENDING_MAX_MS).toBe(3_500);
  });

  it('refuse what is no time', () => {
    expect(() => dealSettings({ DEAL_USE_BUDGET_MS: 'soon' })).toThrow('DEAL_USE_BUDGET_MS');
  });
});
