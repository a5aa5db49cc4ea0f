import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventKeys } from '@onepoint/contracts';
import { EventStrategy } from '@onepoint/messaging';
import { saveLife, useLife } from '../spec/lives.ts';
import { startDashboard } from '../spec/running-dashboard.ts';
import type { RunningDashboard } from '../spec/running-dashboard.ts';

let dashboard: RunningDashboard;
beforeAll(async () => (dashboard = await startDashboard()));
afterAll(() => dashboard.stop());

describe('the dashboard', () => {
  it('hears every event of the catalogue', () => {
    const { keys } = dashboard.app.get(EventStrategy);
    expect(keys.toSorted()).toEqual(eventKeys.toSorted());
  });

  it('has projected an event when the transport is told that it was taken', async () => {
    await dashboard.transport.waitUntilUp(5_000);
    const told = [...useLife(0).events, ...saveLife(1).events];
    const outcomes = await Promise.all(
      dashboard.transport.publish(
        told.map(({ key, event }) => ({
          ...{ id: event.id, key, body: JSON.stringify(event), traceparent: null },
        })),
      ),
    );
    expect(new Set(outcomes)).toEqual(new Set(['taken']));
    expect(await dashboard.rowsOf('deal')).toHaveLength(4);
    const view = await dashboard.get(`/billingAmountViews/${useLife(0).dealIds[0]}`);
    expect(await view.json()).toMatchObject({ billingStatus: 'yes', memberStatus: 'withdrawn' });
  });
});
