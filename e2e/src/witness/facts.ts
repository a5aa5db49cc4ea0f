import {
  billingView,
  dealReadView,
  dealView,
  ledgerEntryView,
  memberView,
  pointView,
} from '@onepoint/contracts';
import type { DealReadView, DealView, LedgerEntryView, MemberView } from '@onepoint/contracts';
import type { BillingView, PointView } from '@onepoint/contracts';
import type { Doors } from '../running/doors.ts';

/** All that the system says of itself through its doors. */
export interface Facts {
  readonly deals: ReadonlyMap<number, DealView>;
  readonly views: readonly DealReadView[];
  readonly members: ReadonlyMap<number, MemberFacts>;
}

/** One member, as Member and Point know them. */
export interface MemberFacts {
  readonly member: MemberView | null;
  readonly account: PointView | null;
  /** Oldest first. */
  readonly entries: readonly LedgerEntryView[];
}

/** Reads everything. Members are not listed anywhere: their ids are given. */
export async function readFacts(doors: Doors, memberIds: readonly number[]): Promise<Facts> {
  const deals = (await doors.all('deal', '/deals')).map((deal) => dealView.parse(deal));
  const views = (await doors.all('dashboard', '/billingAmountViews')).map((view) =>
    dealReadView.parse(view),
  );
  const members = new Map<number, MemberFacts>();
  for (const id of memberIds) members.set(id, await readMember(doors, id));
  return { deals: new Map(deals.map((deal) => [deal.id, deal])), views, members };
}

async function readMember(doors: Doors, id: number): Promise<MemberFacts> {
  const member = memberView.safeParse((await doors.get('member', `/members/${id}`)).body);
  const account = pointView.safeParse((await doors.get('point', `/points/${id}`)).body);
  const entries = account.success ? await doors.all('point', `/points/${id}/entries`) : [];
  return {
    member: member.data ?? null,
    account: account.data ?? null,
    entries: entries.map((entry) => ledgerEntryView.parse(entry)).toReversed(),
  };
}

/** Settles a month of a merchant and answers what was settled in all. */
export async function settle(
  doors: Doors,
  merchantId: number,
  billingMonth: string,
): Promise<BillingView> {
  const { body } = await doors.post('billing', '/billings', { merchantId, billingMonth });
  return billingView.parse(body);
}
