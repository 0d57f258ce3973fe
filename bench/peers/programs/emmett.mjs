// What a team that likes events would write with emmett: an order is placed by an event, and decided by a reactor that hears of it.
// Stock is an inline projection, so that a decision and the stock that it takes are one transaction.

import { SQL } from '@event-driven-io/dumbo';
import { isExpectedVersionConflictError, projections, STREAM_DOES_NOT_EXIST } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore, postgreSQLRawSQLProjection } from '@event-driven-io/emmett-postgresql';
import Fastify from 'fastify';
import pg from 'pg';
import { createTables, openDesk } from './desk.mjs';
import { orderBody } from './order-body.mjs';

const connectionString = process.env.DATABASE_URL;
const pool = new pg.Pool({ connectionString, max: 4 });
await createTables(pool);

/** Pieces that are not there, and goods that nobody has, break a constraint: the decision is rolled back. */
const orders = postgreSQLRawSQLProjection({
  name: 'orders',
  canHandle: ['OrderPlaced', 'OrderConfirmed', 'OrderRejected'],
  evolve({ type, data: { orderId, customerId, items } }) {
    if (type === 'OrderPlaced')
      return SQL`INSERT INTO orders VALUES (${orderId}, ${customerId}, ${JSON.stringify(items)}, 'pending')`;
    const status = type === 'OrderConfirmed' ? 'confirmed' : 'rejected';
    const decided = SQL`UPDATE orders SET status = ${status}, decided_at = clock_timestamp() WHERE id = ${orderId}`;
    if (type === 'OrderRejected') return decided;
    const taken = items.map(
      ({ itemId, quantity }) => SQL`
        WITH taken AS (UPDATE stock SET reserved = reserved + ${quantity} WHERE item_id = ${itemId} RETURNING 1)
        INSERT INTO stock SELECT ${itemId}, 0, ${quantity} WHERE NOT EXISTS (SELECT FROM taken)`,
    );
    return [...taken, decided];
  },
});

const store = getPostgreSQLEventStore(connectionString, { projections: projections.inline([orders]) });
await store.schema.migrate();

const app = Fastify();
openDesk(app, pool);

app.post('/orders', { schema: { body: orderBody } }, async ({ body: { customerId, items } }, reply) => {
  const orderId = crypto.randomUUID();
  await store.appendToStream(streamOf(orderId), [{ type: 'OrderPlaced', data: { orderId, customerId, items } }], {
    expectedStreamVersion: STREAM_DOES_NOT_EXIST,
  });
  return reply.code(201).send({ id: orderId, status: 'pending' });
});

/** A decision is the second event of its order: told of an order twice, it is decided once. */
async function decide(order) {
  const decideAs = (type) =>
    store.appendToStream(streamOf(order.orderId), [{ type, data: order }], { expectedStreamVersion: 1n });
  try {
    await decideAs('OrderConfirmed');
  } catch (error) {
    if (isExpectedVersionConflictError(error)) return;
    if (!/check constraint/.test(String(error?.message))) throw error;
    await decideAs('OrderRejected');
  }
}

const processorId = 'decide-orders';
const consumer = store.consumer({ pulling: { batchSize: 100, pullingFrequencyInMs: 10 } });
consumer.reactor({
  processorId,
  canHandle: ['OrderPlaced'],
  // There is one instance, and it is told from no other: started again, it takes over what it held.
  processorInstanceId: 'the-only-one',
  lock: { acquisitionPolicy: { type: 'retry', retries: 100, minTimeout: 100, maxTimeout: 500 }, timeoutSeconds: 2 },
  eachMessage: ({ data }) => decide(data),
});
// It ends with the first message that fails. Then the program ends, too: whoever runs it sees that, and starts it again.
consumer.start().then(() => {
  throw new Error('the consumer has ended');
});

/**
 * The consumer reads in the order in which transactions began, and leaves out what has a lower position than what it had before: under
 * load every tenth order or so (https://github.com/event-driven-io/emmett/pull/336). A team that has seen it looks for those, too:
 * pending, though the consumer is past them.
 */
async function decidePassedOver() {
  const { rows } = await pool.query(`
    SELECT m.message_data AS data FROM orders o JOIN emt_messages m ON m.stream_id = 'order-' || o.id AND m.stream_position = 1
      JOIN emt_processors p ON p.processor_id = '${processorId}' AND m.global_position <= p.last_processed_checkpoint::bigint
    WHERE o.status = 'pending'`);
  for (const { data } of rows) await decide(data);
  setTimeout(decidePassedOver, 500);
}

function streamOf(orderId) {
  return `order-${orderId}`;
}

await decidePassedOver();
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
