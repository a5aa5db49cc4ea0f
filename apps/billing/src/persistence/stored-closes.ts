import { Injectable } from '@nestjs/common';
import { Database } from '@onepoint/persistence';
import { Closes } from '../domain/month-close.ts';
import type { CloseLease, CloseProgress, ClosedMerchant } from '../domain/month-close.ts';
import { beginClose } from './begin-close.ts';
import { readClose } from './read-close.ts';

/** Closes in Billing's own database. */
@Injectable()
export class StoredCloses extends Closes {
  constructor(private readonly database: Database) {
    super();
  }

  begin(billingMonth: string, now: number): Promise<void> {
    return this.database.transaction((tx) => beginClose(tx, billingMonth, now));
  }

  progressOf(billingMonth: string): Promise<CloseProgress | null> {
    return this.database.read((sql) => readClose(sql, billingMonth));
  }

  take(owner: string, now: number, untilMs: number): Promise<CloseLease | null> {
    return this.database.transaction(async (tx) => {
      const [free] = await tx.query<{ billingMonth: string }>(
        `SELECT billing_month AS billingMonth FROM month_close
         WHERE state = 'running' AND lease_until <= ? ORDER BY started_at LIMIT 1${tx.forUpdate()}`,
        [now],
      );
      if (free === undefined) return null;
      await tx.execute(
        'UPDATE month_close SET owner = ?, lease_until = ? WHERE billing_month = ?',
        [owner, untilMs, free.billingMonth],
      );
      return { billingMonth: free.billingMonth, owner };
    });
  }

  async keep({ billingMonth, owner }: CloseLease, untilMs: number): Promise<boolean> {
    const { affected } = await this.database.transaction((tx) =>
      tx.execute(
        `UPDATE month_close SET lease_until = ?
         WHERE billing_month = ? AND owner = ? AND state = 'running'`,
        [untilMs, billingMonth, owner],
      ),
    );
    return affected === 1;
  }

  async list(billingMonth: string, merchantIds: readonly number[]): Promise<void> {
    await this.database.transaction((tx) =>
      tx.insertRows(
        'close_merchant',
        merchantIds.map((merchantId) => ({
          billing_month: billingMonth,
          merchant_id: merchantId,
          state: 'waiting',
          code: null,
          noted_at: 0,
        })),
        { ignoreDuplicates: true },
      ),
    );
  }

  async waiting(
    billingMonth: string,
    after: number,
    through: number | null,
    limit: number,
  ): Promise<readonly number[]> {
    const rows = await this.database.read((sql) =>
      sql.query<{ merchantId: number }>(
        `SELECT merchant_id AS merchantId FROM close_merchant
         WHERE billing_month = ? AND state = 'waiting' AND merchant_id > ? AND merchant_id <= ?
         ORDER BY merchant_id LIMIT ?`,
        [billingMonth, after, through ?? Number.MAX_SAFE_INTEGER, limit],
      ),
    );
    return rows.map(({ merchantId }) => merchantId);
  }

  async note(
    billingMonth: string,
    outcomes: readonly ClosedMerchant[],
    now: number,
  ): Promise<void> {
    const rows = outcomes.map(({ merchantId, outcome, code }) => ({
      billing_month: billingMonth,
      merchant_id: merchantId,
      state: outcome,
      code,
      noted_at: now,
    }));
    await this.database.transaction((tx) =>
      tx.upsertRows('close_merchant', rows, {
        key: ['billing_month', 'merchant_id'],
        update: ['state', 'code', 'noted_at'],
      }),
    );
  }

  async finish(lease: CloseLease, code: string | null, now: number): Promise<void> {
    const { billingMonth, owner } = lease;
    await this.database.transaction(async (tx) => {
      const { affected } = await tx.execute(
        `UPDATE month_close SET state = 'done', finished_at = ?, code = ?, lease_until = 0
         WHERE billing_month = ? AND owner = ? AND state = 'running'`,
        [now, code, billingMonth, owner],
      );
      if (affected === 0) return;
      await tx.execute(
        `UPDATE close_merchant SET state = 'problem', code = ?, noted_at = ?
         WHERE billing_month = ? AND state = 'waiting'`,
        [code ?? 'SETTLEMENT_INCOMPLETE', now, billingMonth],
      );
    });
  }
}
