import type { Transaction } from '@onepoint/persistence';

/** Begins a close, or begins it again when there is something left to do; one that runs goes on. */
export async function beginClose(
  tx: Transaction,
  billingMonth: string,
  now: number,
): Promise<void> {
  // There must be a row to lock: two callers may begin the same close at once.
  const { affected } = await tx.insertRows(
    'month_close',
    [
      {
        billing_month: billingMonth,
        state: 'running',
        pass_no: 1,
        started_at: now,
        finished_at: null,
        code: null,
        owner: '',
        lease_until: 0,
      },
    ],
    { ignoreDuplicates: true },
  );
  const listed = await listMerchants(tx, billingMonth, now);
  if (affected === 1) return;
  const [close] = await tx.query<{ state: string; code: string | null }>(
    `SELECT state, code FROM month_close WHERE billing_month = ?${tx.forUpdate()}`,
    [billingMonth],
  );
  if (close?.state === 'running') return;
  const reopened = await reopenMerchants(tx, billingMonth, now);
  if (!reopened && !listed && close?.code === null) return;
  await tx.execute(
    `UPDATE month_close SET state = 'running', pass_no = pass_no + 1, started_at = ?,
       finished_at = NULL, code = NULL, owner = '', lease_until = 0 WHERE billing_month = ?`,
    [now, billingMonth],
  );
}

/** Those with a problem, and those with lines that came after they were settled, wait again. */
async function reopenMerchants(
  tx: Transaction,
  billingMonth: string,
  now: number,
): Promise<boolean> {
  const { affected } = await tx.execute(
    `UPDATE close_merchant SET state = 'waiting', code = NULL, noted_at = ?
     WHERE billing_month = ? AND (state = 'problem' OR merchant_id IN (
       SELECT merchant_id FROM billing WHERE billing_month = ? AND line_count > settled_through))`,
    [now, billingMonth, billingMonth],
  );
  return affected > 0;
}

/** Puts on the list whoever has a line in the month and is not on it. */
async function listMerchants(tx: Transaction, billingMonth: string, now: number): Promise<boolean> {
  const { affected } = await tx.execute(
    `INSERT INTO close_merchant (billing_month, merchant_id, state, code, noted_at)
     SELECT b.billing_month, b.merchant_id, 'waiting', NULL, ? FROM billing b
     WHERE b.billing_month = ? AND b.line_count > 0 AND NOT EXISTS (
       SELECT 1 FROM close_merchant c
       WHERE c.billing_month = b.billing_month AND c.merchant_id = b.merchant_id)`,
    [now, billingMonth],
  );
  return affected > 0;
}
