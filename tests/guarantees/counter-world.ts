import { randomUUID } from 'node:crypto';
import { type ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import type { Page } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { Counter, cash } from '../rigs/tills/counter.ts';
import { Tills } from '../rigs/tills/tills.ts';

interface Made {
  readonly id: string;
}

/** Who buys what at the tills of a tenant. */
interface Buyer {
  readonly customerId: string;
  readonly sku: string;
  /** A till's session is called so, as is one of the buyer: a path has one name for both. */
  readonly sessionId: string;
  /** Stands in what was said with the buyer. */
  readonly said: string;
}

/** What a tenant has at its tills, and knows of somebody who buys there: by what a parameter of a path names. */
export async function counterWorld(admin: ApiClient, { customerId, sku, sessionId, said }: Buyer) {
  const tills = await Tills.of(admin);
  await tills.open(100, {}, sessionId);
  const movementId = randomUUID();
  bodyOf(await tills.move(sessionId, { kind: 'paid-in', amount: 5, reasonCode: 'change' }, movementId), 201);
  const counter = new Counter(admin, tills.path);
  const sale = { sessionId, customerId, lines: [{ itemId: sku, quantity: 1, unitPrice: 10 }], payments: [cash(10)] };
  const saleId = randomUUID();
  await eventually(() => counter.sell(sale, saleId));
  await counter.sell(sale);

  const interactions = `/api/v1/customers/${customerId}/interactions`;
  const call = { kind: 'call', direction: 'in', text: said, followUpAt: '2999-01-01T00:00:00.000Z' };
  const { id: interactionId } = await eventually(async () => bodyOf(await admin.post<Made>(interactions, call), 201));
  const wish = { template: 'newsletter', text: said };
  const { id: campaignId } = bodyOf(await admin.post<Made>('/api/v1/campaigns', wish), 202);
  const deliveryId = await eventually(async () => {
    const list = await admin.get<Page<Made>>(`/api/v1/deliveries?recipient=${customerId}`);
    const [first] = bodyOf(list, 200).items;
    if (first === undefined) throw new Error('nothing was delivered yet');
    return first.id;
  });
  return {
    'shops/{shopId}': tills.shopId,
    'sales/{saleId}': saleId,
    'cash-movements/{movementId}': movementId,
    'interactions/{interactionId}': interactionId,
    'consents/{purpose}': 'marketing',
    'campaigns/{id}': campaignId,
    'deliveries/{id}': deliveryId,
    'channels/{provider}': 'file',
    'reports/{secret}': randomUUID(),
  };
}
