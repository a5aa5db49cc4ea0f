// The hand-written point service: an idempotent debit with its ledger row, one transaction per request.
import Fastify from 'fastify';
import { createPool } from 'mysql2/promise';
import type { ResultSetHeader, RowDataPacket } from 'mysql2/promise';

const { FLOOR_MYSQL, FLOOR_PORT } = process.env;
const db = createPool({ uri: FLOOR_MYSQL!, connectionLimit: 32, enableKeepAlive: true });

const app = Fastify();
app.post<{ Body: { dealId: number; memberId: number; point: number } }>(
  '/debit',
  async (request) => {
    const { dealId, memberId, point } = request.body;
    const connection = await db.getConnection();
    try {
      await connection.beginTransaction();
      const [rows] = await connection.execute<RowDataPacket[]>(
        'SELECT balance FROM account WHERE member_id = ? FOR UPDATE',
        [memberId],
      );
      const balance = Number(rows[0]?.['balance'] ?? 0);
      if (balance < point) {
        await connection.rollback();
        return { ok: false };
      }
      const [entry] = await connection.execute<ResultSetHeader>(
        `INSERT IGNORE INTO ledger (deal_id, member_id, delta, balance_after, created_at)
         VALUES (?, ?, ?, ?, ?)`,
        [dealId, memberId, -point, balance - point, Date.now()],
      );
      if (entry.affectedRows === 1) {
        await connection.execute('UPDATE account SET balance = balance - ? WHERE member_id = ?', [
          point,
          memberId,
        ]);
      }
      await connection.commit();
      return { ok: true };
    } finally {
      connection.release();
    }
  },
);

await app.listen({ port: Number(FLOOR_PORT), host: '127.0.0.1' });
process.stdout.write('floor listening\n');
process.once('SIGTERM', () => process.exit(0));
