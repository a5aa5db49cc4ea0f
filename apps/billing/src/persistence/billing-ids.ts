import type { Database, Sql } from '@onepoint/persistence';
import type { SettlementLine } from '../domain/settlement-line.ts';

/** What names a billing. */
type MerchantMonth = Pick<SettlementLine, 'merchantId' | 'billingMonth'>;

/** Ids kept at most; a network of 10,000 merchants uses two months at a time. */
const KEPT_MAX = 50_000;

interface IdRow extends MerchantMonth {
  readonly id: number;
}

/** Finds the ids of billings, and makes those that are missing. An id never changes, so it is kept. */
export class BillingIds {
  private readonly kept = new Map<string, number>();

  constructor(private readonly database: Database) {}

  /** The ids in the order of what was asked. */
  async of(asked: readonly MerchantMonth[], now: number): Promise<number[]> {
    const missing = new Map<string, MerchantMonth>();
    for (const each of asked) if (!this.kept.has(nameOf(each))) missing.set(nameOf(each), each);
    const found = missing.size === 0 ? this.kept : await this.find([...missing.values()], now);
    return asked.map((each) => {
      const id = found.get(nameOf(each)) ?? this.kept.get(nameOf(each));
      if (id === undefined) throw new RangeError(`billing ${nameOf(each)} was not made`);
      return id;
    });
  }

  private async find(missing: readonly MerchantMonth[], now: number): Promise<Map<string, number>> {
    let rows = await this.database.read((sql) => readIds(sql, missing));
    if (rows.length < missing.length) {
      const known = new Set(rows.map(nameOf));
      await this.make(
        missing.filter((each) => !known.has(nameOf(each))),
        now,
      );
      rows = await this.database.read((sql) => readIds(sql, missing));
    }
    const found = new Map(rows.map((row) => [nameOf(row), row.id]));
    if (this.kept.size + found.size > KEPT_MAX) this.kept.clear();
    for (const [name, id] of found) this.kept.set(name, id);
    return found;
  }

  /** In a transaction of its own: what comes later locks rows by id, never by name. */
  private async make(missing: readonly MerchantMonth[], now: number): Promise<void> {
    const inOrder = [...missing].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    await this.database.transaction((tx) =>
      tx.insertRows(
        'billing',
        inOrder.map(({ merchantId, billingMonth }) => ({
          merchant_id: merchantId,
          billing_month: billingMonth,
          line_count: 0,
          settled_through: 0,
          run_count: 0,
          chunk_count: 0,
          net_amount: 0,
          created_at: now,
        })),
        { ignoreDuplicates: true },
      ),
    );
  }
}

async function readIds(sql: Sql, asked: readonly MerchantMonth[]): Promise<IdRow[]> {
  const merchantsOf = Map.groupBy(asked, ({ billingMonth }) => billingMonth);
  const rows: IdRow[] = [];
  for (const [billingMonth, merchants] of merchantsOf) {
    const list = sql.inList(merchants.map(({ merchantId }) => merchantId));
    rows.push(
      ...(await sql.query<IdRow>(
        `SELECT id, merchant_id AS merchantId, billing_month AS billingMonth FROM billing
         WHERE billing_month = ? AND merchant_id IN ${list.sql}`,
        [billingMonth, ...list.params],
      )),
    );
  }
  return rows;
}

function nameOf({ merchantId, billingMonth }: MerchantMonth): string {
  return `${merchantId}/${billingMonth}`;
}
