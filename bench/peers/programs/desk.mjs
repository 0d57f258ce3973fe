// What both programs have beside their way of taking and deciding an order: tables, goods, and what the bench looks at.

/** The tables of orders and stock. No more pieces can be held than are there, whatever a program does. */
export async function createTables(pool) {
  await pool.query(`
    CREATE TABLE IF NOT EXISTS stock (item_id text PRIMARY KEY, on_hand int NOT NULL, reserved int NOT NULL DEFAULT 0,
      CHECK (reserved <= on_hand));
    CREATE TABLE IF NOT EXISTS orders (id uuid PRIMARY KEY, customer_id text NOT NULL, items jsonb NOT NULL, status text NOT NULL,
      decided_at timestamptz);
    CREATE INDEX IF NOT EXISTS pending_orders ON orders (id) WHERE status = 'pending';
  `);
}

/** Routes for goods, and to see what has become of orders and stock. */
export function openDesk(app, pool) {
  app.put('/stock', async ({ body: { itemId, onHand } }) => {
    await pool.query('INSERT INTO stock VALUES ($1, $2)', [itemId, onHand]);
    return {};
  });
  app.get('/stock', async () => (await pool.query('SELECT item_id AS "itemId", reserved FROM stock')).rows);
  app.get('/orders', async () => {
    const { rows } = await pool.query(
      'SELECT id, items, status, extract(epoch FROM decided_at) * 1000 AS at FROM orders',
    );
    return rows.map(({ at, ...order }) => ({ ...order, ...(at === null ? {} : { decidedAt: Number(at) }) }));
  });
  app.get('/orders/pending', async () => {
    const { rows } = await pool.query(`SELECT count(*)::int AS count FROM orders WHERE status = 'pending'`);
    return rows[0];
  });
}
