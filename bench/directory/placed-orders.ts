import type { Container, OperationInput } from '@azure/cosmos';
import { Order, orderBoundary } from '../../functions/orders/order/order.ts';
import type { ReceivedRecord } from '../../shared/bus/received-record.ts';
import { OrderCreated } from '../../shared/events/contracts/orders.ts';
import { seal } from '../../shared/events/seal.ts';
import { topicKeyOf } from '../../shared/events/topic-key.ts';
import { newId } from '../../shared/ids.ts';
import { documentId, storedBoundary } from '../../shared/persistence/documents/stored-document.ts';

/** An order that is stored, and the event that tells of it. */
export interface PlacedOrder {
  readonly id: string;
  readonly boundary: string;
  readonly record: ReceivedRecord;
}

const writtenAtOnce = 100;

/** So many orders of a tenant, as the product stores them and tells of them. */
export async function placeOrders(
  container: Container,
  tenant: string,
  count: number,
): Promise<readonly PlacedOrder[]> {
  const placed = Array.from({ length: count }, (_, offset) => orderOf(tenant, offset));
  for (let start = 0; start < count; start += writtenAtOnce) {
    const operations = placed.slice(start, start + writtenAtOnce).map(({ operation }) => operation);
    const answers = await container.items.bulk(operations);
    if (answers.some(({ statusCode }) => statusCode >= 400)) throw new Error('an order of the bench was refused');
  }
  return placed.map(({ order }) => order);
}

function orderOf(tenant: string, offset: number): { readonly order: PlacedOrder; readonly operation: OperationInput } {
  const orderId = newId();
  const time = new Date().toISOString();
  const lines = [{ itemId: 'ITEM-001', quantity: 2, unitPrice: 5_000 }];
  const order = { orderId, customerId: 'CUST-BENCH', location: 'main', lines, totalAmount: 10_000, placedAt: time };
  const event = OrderCreated({ ...order, expiresAt: time });
  const cause = { tenant, correlationId: orderId };
  const envelope = seal(event, { id: newId(), service: 'orders', sequence: 1, time, cause });
  const boundary = storedBoundary(tenant, orderBoundary(orderId));
  const id = documentId(Order.kind, orderId);
  const resourceBody = { id, boundary, kind: Order.kind, version: 1, ...order, status: 'pending', hasDetails: false };
  const record = {
    topic: 'order-events',
    partition: 0,
    offset,
    timestamp: time,
    key: topicKeyOf(envelope),
    value: JSON.stringify(envelope),
    headers: {},
  };
  return {
    order: { id, boundary, record },
    operation: { operationType: 'Create', partitionKey: boundary, resourceBody },
  };
}
