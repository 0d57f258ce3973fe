// What figure (f) measures Lagerhaus against: the order flow as tutorials write it. A handler reads, upserts, awaits the
// send of its event and is done. No outbox, no inbox, no ETag; what happens when a process dies between two of these
// steps, a message comes twice or two handlers read the same stock is left open. It checks no tokens, keeps no lists and
// validates nothing, so it does less work for an order than Lagerhaus does; and it reads the bus by kafkajs itself, not by
// a Functions trigger, which is cheaper too. Its clients are the SDKs as they come.
import { connect } from './connections.ts';
import { registerNotifications } from './notifications.ts';
import { registerOrders } from './orders.ts';
import { registerProducts } from './products.ts';
import { registerStock } from './stock.ts';

const connections = await connect();
registerProducts(connections);
await Promise.all([registerOrders(connections), registerStock(connections), registerNotifications(connections)]);
