import { OrderCreated } from '../../shared/events/contracts/orders.ts';
import { seal } from '../../shared/events/seal.ts';
import { topicKeyOf } from '../../shared/events/topic-key.ts';
import { newId } from '../../shared/ids.ts';

/** So many orders, as the product sends them. */
export function* orderMessages(count: number) {
  const time = new Date().toISOString();
  const lines = [
    { itemId: 'ITEM-001', quantity: 2, unitPrice: 5_000 },
    { itemId: 'ITEM-002', quantity: 5, unitPrice: 48_000 },
  ];
  for (let index = 0; index < count; index += 1) {
    const orderId = newId();
    const order = { orderId, customerId: 'CUST-BENCH', location: 'main', lines, totalAmount: 250_000 };
    const event = OrderCreated({ ...order, placedAt: time, expiresAt: time });
    const cause = { tenant: 'main', correlationId: orderId };
    const envelope = seal(event, { id: newId(), service: 'orders', sequence: 1, time, cause });
    yield { key: topicKeyOf(envelope), value: JSON.stringify(envelope) };
  }
}
