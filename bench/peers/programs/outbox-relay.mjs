// Sends what is in the outbox, in order, and removes it: whoever listens on the channel `order_events` (LISTEN) hears of it.

const mostAtOnce = 500;
const restMs = 20;

/** Creates the outbox, and looks into it from now on. An event is sent where its removal is committed, and only there. */
export async function startRelay(pool) {
  await pool.query(
    'CREATE TABLE IF NOT EXISTS outbox (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, event jsonb NOT NULL)',
  );
  const send = async () => {
    const { rowCount } = await pool.query(
      `WITH next AS (SELECT id FROM outbox ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED),
         sent AS (DELETE FROM outbox USING next WHERE outbox.id = next.id RETURNING outbox.id, outbox.event)
       SELECT pg_notify('order_events', event::text) FROM (SELECT event FROM sent ORDER BY id) AS in_order`,
      [mostAtOnce],
    );
    setTimeout(send, rowCount === mostAtOnce ? 0 : restMs);
  };
  await send();
}
