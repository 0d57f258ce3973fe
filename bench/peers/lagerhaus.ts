import { readStackFile } from '../../infra/local/stack-file.ts';
import { bodyOf } from '../../tests/rigs/clients/api-client.ts';
import type { Product } from '../../tests/rigs/clients/shop.ts';
import { eventually } from '../../tests/rigs/stack/eventually.ts';
import { useOfTree } from '../processes/process-tree.ts';
import { counterOf } from '../shop/place-orders.ts';
import { openShop } from '../shop/shop.ts';
import type { Peer } from './peer.ts';
import { untilStill } from './until-still.ts';

/** How long the bus may be still before the API is asked of orders; and longer than a Kafka session locally. */
const [busPatienceMs, patienceMs] = [2_000, 12_000];
const settledWithinMs = 60_000;

/**
 * Lagerhaus as `npm start` has it: the app, and the embedded bus and store. What is confirmed is looked for on the bus once a rush is
 * over, as the other peers are asked then: to look on meanwhile would take time from Lagerhaus alone.
 */
export async function openLagerhaus(): Promise<Peer> {
  const shop = await openShop();
  const { stack, confirmations } = shop;
  const { sentAt } = confirmations;
  const { pid } = readStackFile(stack.dataDir);
  const api = await stack.as('admin');
  const counter = counterOf(shop);
  const statusOf = async (id: string) => {
    const { status, body } = await api.get<{ readonly status: string }>(`/api/v1/orders/${id}`);
    return status === 404 ? 'lost' : body.status;
  };
  confirmations.pause();
  return {
    name: 'Lagerhaus',
    counter,
    async scarce(pieces) {
      const wish = { name: 'scarce', price: 10, quantity: pieces };
      const { sku } = bodyOf(await api.post<Product>('/api/v1/products', wish), 201);
      await eventually(async () => bodyOf(await api.get(`/api/v1/inventory/${sku}`), 200));
      return { ...counter, skus: [sku] };
    },
    async decided(orderIds) {
      confirmations.resume();
      await confirmations.settled(orderIds, busPatienceMs);
      const look = async () => {
        const statuses = await Promise.all(orderIds.filter((id) => !sentAt.has(id)).map(statusOf));
        const count = (wanted: string) => statuses.filter((status) => status === wanted).length;
        // What the bus has yet to tell of is not decided for those who listen.
        return { undecided: count('pending') + count('confirmed'), lost: count('lost') };
      };
      const { undecided, lost } = await untilStill(look, (seen) => seen.undecided, patienceMs);
      await stack.settled(settledWithinMs);
      confirmations.pause();
      const confirmedAt = orderIds.flatMap((id): readonly (readonly [string, number])[] => {
        const at = sentAt.get(id);
        return at === undefined ? [] : [[id, at]];
      });
      return { confirmedAt: new Map(confirmedAt), lost, undecided };
    },
    crash: () => stack.faults.functions().crash(),
    async held() {
      confirmations.resume();
      const pieces = [...(await shop.reserved()).values()];
      // An order of the bench is one piece.
      return { inStock: pieces.reduce((sum, reserved) => sum + reserved, 0), inOrders: sentAt.size };
    },
    use: () => useOfTree(pid),
    [Symbol.asyncDispose]: () => shop[Symbol.asyncDispose](),
  };
}
