/** Rows as they stand in the five databases, by column name. The oracle shares no code with the services. */
export interface MemberRow {
  readonly id: number;
  readonly status: string;
}

export interface AccountRow {
  readonly member_id: number;
  readonly balance: number;
  readonly status: string;
  readonly sequence: number;
}

export interface EntryRow {
  readonly cause: string;
  readonly cause_id: number;
  readonly member_id: number;
  readonly kind: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly delta: number;
  readonly balance_after: number | null;
  readonly sequence: number | null;
}

export interface DealRow {
  readonly id: number;
  readonly member_id: number;
  readonly merchant_id: number;
  readonly type: string;
  readonly deal_amount: number;
  readonly point: number;
  readonly status: string;
  readonly fail_reason: string | null;
  readonly point_status: string | null;
  readonly billing_status: string;
  readonly original_deal_id: number | null;
  readonly cancelled_by_deal_id: number | null;
  readonly earn_charge_bps: number;
  readonly commission_bps: number;
}

export interface LineRow {
  readonly billing_id: number;
  readonly place: number;
  readonly deal_id: number;
  readonly member_id: number;
  readonly type: string;
  readonly point: number;
  readonly commission_bps: number;
  readonly earn_charge_bps: number;
}

export interface BillingRow {
  readonly id: number;
  readonly merchant_id: number;
  readonly line_count: number;
  readonly settled_through: number;
  readonly run_count: number;
  readonly net_amount: number;
}

export interface RunRow {
  readonly id: number;
  readonly billing_id: number;
  readonly run_no: number;
  readonly first_place: number;
  readonly last_place: number;
  readonly deal_count: number;
  readonly net_points: number;
  readonly commission: number;
  readonly billing_amount: number;
  readonly net_amount: number;
}

export interface ShownDealRow {
  readonly deal_id: number;
  readonly member_id: number | null;
  readonly merchant_id: number | null;
  readonly type: string | null;
  readonly point: number | null;
  readonly deal_amount: number | null;
  readonly status: string | null;
  readonly cancelled_by_deal_id: number | null;
  readonly point_outcome: string | null;
  readonly billing_status: string;
}

export interface ShownBalanceRow {
  readonly member_id: number;
  readonly sequence: number;
  readonly balance: number;
  readonly closed_at: number | null;
}

export interface ShownEntryRow {
  readonly member_id: number;
  readonly sequence: number;
  readonly delta: number;
  readonly balance: number;
}

export interface ShownMemberRow {
  readonly member_id: number;
  readonly joined_at: number | null;
  readonly withdrawn_at: number | null;
}

export interface ShownTotalRow {
  readonly merchant_id: number;
  readonly type: string;
  readonly deals: number;
  readonly deal_amount: number;
  readonly point: number;
  readonly failed_deals: number;
}

/** Everything that the oracle reads. */
export interface Facts {
  readonly members: readonly MemberRow[];
  readonly accounts: readonly AccountRow[];
  readonly entries: readonly EntryRow[];
  readonly waiting: readonly { readonly deal_id: number; readonly reason: string }[];
  readonly deals: readonly DealRow[];
  readonly lines: readonly LineRow[];
  readonly billings: readonly BillingRow[];
  readonly runs: readonly RunRow[];
  readonly shownDeals: readonly ShownDealRow[];
  readonly shownBalances: readonly ShownBalanceRow[];
  readonly shownEntries: readonly ShownEntryRow[];
  readonly shownMembers: readonly ShownMemberRow[];
  readonly shownTotals: readonly ShownTotalRow[];
  readonly shownDeferred: readonly { readonly deal_id: number }[];
}

/** A promise that did not hold, and one place where it did not. */
export interface Violation {
  /** `P1` to `P16`. */
  readonly promise: string;
  /** The rule, the same words for all of its cases. */
  readonly rule: string;
  readonly example: string;
}

/** Tells of one violation. */
export type Accuse = (promise: string, rule: string, example: unknown) => void;
