// The hand-written deal service: what a good engineer writes in an afternoon with Fastify, mysql2 and
// undici. One transaction per request, prepared statements, pools, keep-alive. No tricks, no sandbagging.
import Fastify from 'fastify';
import { createPool } from 'mysql2/promise';
import type { ResultSetHeader } from 'mysql2/promise';
import { Pool } from 'undici';

interface DealBody {
  memberId: number;
  merchantId: number;
  dealAmount: number;
  point: number;
}

const { FLOOR_MYSQL, FLOOR_POINT_URL, FLOOR_PORT } = process.env;
const db = createPool({ uri: FLOOR_MYSQL!, connectionLimit: 32, enableKeepAlive: true });
const point = new Pool(FLOOR_POINT_URL!, { connections: 128, pipelining: 1 });

const app = Fastify();
app.post<{ Body: DealBody }>(
  '/deals',
  {
    schema: {
      body: {
        type: 'object',
        required: ['memberId', 'merchantId', 'dealAmount', 'type', 'point'],
        properties: {
          memberId: { type: 'integer', minimum: 1 },
          merchantId: { type: 'integer', minimum: 1 },
          dealAmount: { type: 'integer', minimum: 0 },
          type: { type: 'string', const: 'use' },
          point: { type: 'integer', minimum: 1 },
        },
      },
    },
  },
  async (request, reply) => {
    const { memberId, merchantId, dealAmount, point: points } = request.body;
    const now = Date.now();
    const [made] = await db.execute<ResultSetHeader>(
      `INSERT INTO deal (member_id, merchant_id, type, deal_amount, point, status, deal_date)
       VALUES (?, ?, 'use', ?, ?, 'pending', ?)`,
      [memberId, merchantId, dealAmount, points, now],
    );
    const dealId = made.insertId;
    const answer = await point.request({
      method: 'POST',
      path: '/debit',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ dealId, memberId, point: points }),
    });
    const { ok } = (await answer.body.json()) as { ok: boolean };
    const status = ok ? 'success' : 'fail';
    const connection = await db.getConnection();
    try {
      await connection.beginTransaction();
      await connection.execute('UPDATE deal SET status = ?, fail_reason = ? WHERE id = ?', [
        status,
        ok ? null : 'INSUFFICIENT_POINTS',
        dealId,
      ]);
      await connection.execute('INSERT INTO outbox (type, payload, created_at) VALUES (?, ?, ?)', [
        ok ? 'deal.used' : 'deal.failed',
        JSON.stringify({ dealId, memberId, merchantId, dealAmount, point: points }),
        now,
      ]);
      await connection.commit();
    } finally {
      connection.release();
    }
    return reply.code(201).send({ id: dealId, memberId, merchantId, point: points, status });
  },
);

await app.listen({ port: Number(FLOOR_PORT), host: '127.0.0.1' });
process.stdout.write('floor listening\n');
process.once('SIGTERM', () => process.exit(0));
