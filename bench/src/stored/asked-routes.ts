import type { AskedRoute } from '../ask-queries.ts';

/** What is stored, so that a query can be made for something that is there. */
export interface StoredSizes {
  readonly members: number;
  readonly merchants: number;
  /** Deals 1 to here. */
  readonly deals: number;
}

const DAY_MS = 86_400_000;
/** Stored deals lie in the year that ended yesterday. */
const DAYS = 360;

const anyOf = (count: number): number => 1 + Math.floor(Math.random() * count);
const instant = (daysAgo: number): string =>
  new Date(Math.floor(Date.now() / DAY_MS - daysAgo) * DAY_MS).toISOString();
const day = (daysAgo: number): string => instant(daysAgo).slice(0, 10);

/** The dashboard's routes as its page asks them. */
export function dashboardRoutes({ members, merchants, deals }: StoredSizes): AskedRoute[] {
  const range = (): string => {
    const from = 1 + anyOf(DAYS);
    return `from=${instant(from)}&to=${instant(from - 1)}`;
  };
  return [
    { name: 'one deal', path: () => `/api/deals/${anyOf(deals)}` },
    { name: 'one view', path: () => `/billingAmountViews/${anyOf(deals)}` },
    { name: 'newest deals', path: () => '/api/deals?limit=50' },
    { name: "a member's deals", path: () => `/api/deals?memberId=${anyOf(members)}&limit=50` },
    {
      name: "a merchant's deals",
      path: () => `/api/deals?merchantId=${anyOf(merchants)}&limit=50`,
    },
    { name: "a day's deals", path: () => `/api/deals?${range()}&limit=50` },
    {
      name: "a merchant's unsettled uses of a day",
      path: () =>
        `/api/deals?merchantId=${anyOf(merchants)}&type=use&billingStatus=no&${range()}&limit=50`,
    },
    { name: 'totals of a month', path: () => `/api/totals?from=${day(40)}&to=${day(10)}` },
    {
      name: "a merchant's totals of a year",
      path: () => `/api/totals?merchantId=${anyOf(merchants)}&from=${day(365)}&to=${day(1)}`,
    },
    { name: 'one member', path: () => `/api/members/${anyOf(members)}` },
    { name: "a member's history", path: () => `/api/members/${anyOf(members)}/history?limit=50` },
  ];
}

/** Deal's routes as terminals and operators ask them. */
export function dealRoutes({ members, merchants, deals }: StoredSizes): AskedRoute[] {
  return [
    { name: 'one deal', path: () => `/deals/${anyOf(deals)}` },
    { name: "a member's deals", path: () => `/deals?memberId=${anyOf(members)}&limit=50` },
    { name: "a merchant's deals", path: () => `/deals?merchantId=${anyOf(merchants)}&limit=50` },
    {
      name: "a merchant's deals of a day",
      path: () => {
        const from = 1 + anyOf(DAYS);
        return `/deals?merchantId=${anyOf(merchants)}&from=${instant(from)}&to=${instant(from - 1)}&limit=50`;
      },
    },
  ];
}
