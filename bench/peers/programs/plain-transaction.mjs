// What a team without a bus would write: an order is decided in its request, in one transaction over order, stock and outbox.
import Fastify from 'fastify';
import pg from 'pg';
import { createTables, openDesk } from './desk.mjs';
import { orderBody } from './order-body.mjs';
import { startRelay } from './outbox-relay.mjs';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 });
await createTables(pool);
await startRelay(pool);

const app = Fastify();
openDesk(app, pool);

app.post('/orders', { schema: { body: orderBody } }, async ({ body }, reply) => {
  const order = await inTransaction((client) => decide(client, body));
  return reply.code(201).send(order);
});

async function decide(client, { customerId, items }) {
  const wanted = new Map();
  for (const { itemId, quantity } of items) wanted.set(itemId, (wanted.get(itemId) ?? 0) + quantity);
  // Locked in the order of their ids, so that no two orders wait for each other.
  const { rows } = await client.query(
    'SELECT item_id, on_hand - reserved AS available FROM stock WHERE item_id = ANY($1) ORDER BY item_id FOR UPDATE',
    [[...wanted.keys()]],
  );
  const available = new Map(rows.map((row) => [row.item_id, row.available]));
  const isThere = [...wanted].every(([itemId, quantity]) => (available.get(itemId) ?? 0) >= quantity);
  if (isThere)
    for (const [itemId, quantity] of wanted)
      await client.query('UPDATE stock SET reserved = reserved + $2 WHERE item_id = $1', [itemId, quantity]);
  const order = { id: crypto.randomUUID(), status: isThere ? 'confirmed' : 'rejected' };
  await client.query('INSERT INTO orders VALUES ($1, $2, $3, $4, clock_timestamp())', [
    order.id,
    customerId,
    JSON.stringify(items),
    order.status,
  ]);
  const event = { type: `order.${order.status}`, orderId: order.id, customerId, items };
  await client.query('INSERT INTO outbox (event) VALUES ($1)', [JSON.stringify(event)]);
  return order;
}

async function inTransaction(work) {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}

await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
