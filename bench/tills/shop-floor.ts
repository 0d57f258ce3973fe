import { randomUUID } from 'node:crypto';
import { type ApiClient, bodyOf } from '../../tests/rigs/clients/api-client.ts';
import { Shop } from '../../tests/rigs/clients/shop.ts';
import { eventually } from '../../tests/rigs/stack/eventually.ts';
import type { TestStack } from '../../tests/rigs/stack/start-stack.ts';
import { Tills } from '../../tests/rigs/tills/tills.ts';
import { HttpConnection } from '../load/http-connection.ts';
import { jsonRequest } from '../load/http-request.ts';

const shopId = 'berlin';
const registers = ['1', '2', '3', '4'];
const [tea, milk] = ['TEA', 'MILK'];
/** More than anybody buys. */
const quantity = 1_000_000;

/** A shop whose four tills sell. */
export interface ShopFloor {
  /** The API for whoever manages the shop. */
  readonly manager: ApiClient;
  readonly shopId: string;
  /** Has each till sell, one sale after the other, as long as they are wanted; tells how many they were. */
  sell(isWanted: (sold: number) => boolean): Promise<number>;
}

/** Opens the shop in a tenant of its own, with two products and an open session at each till. */
export async function openTills(stack: TestStack): Promise<ShopFloor> {
  const shop = new Shop(stack);
  const manager = await shop.as('admin');
  for (const [sku, price] of [
    [tea, 9.99],
    [milk, 2.5],
  ])
    bodyOf(await manager.post('/api/v1/products', { sku, name: sku, price, quantity }), 201);
  await Tills.of(manager, { registers, location: 'main', timeZone: 'UTC' }, shopId);
  const url = new URL(`/api/v1/shops/${shopId}/`, stack.url);
  const token = await stack.token('admin', { tenant: shop.tenant });
  const sessions = registers.map((register) => ({ register, sessionId: randomUUID() }));
  for (const { register, sessionId } of sessions)
    bodyOf(await manager.put(`${url.pathname}sessions/${sessionId}`, { register, openingCash: 100 }), 201);
  const saleOf = (sessionId: string) =>
    jsonRequest('PUT', new URL(`sales/${randomUUID()}`, url), token, {
      sessionId,
      lines: [
        { itemId: tea, quantity: 3 },
        { itemId: milk, quantity: 3 },
      ],
      payments: [{ method: 'cash', amount: 37.47, tendered: 50 }],
    });

  const sellAt = async (sessionId: string, connection: HttpConnection) => {
    const { status, body } = await connection.send(saleOf(sessionId));
    if (status !== 201) throw new Error(`a sale was answered ${status}: ${body}`);
  };
  const [first] = sessions;
  if (first === undefined) throw new Error('the shop has no till');
  // The prices are known a moment after the products.
  await eventually(async () => {
    using connection = await HttpConnection.open(stack.url);
    await sellAt(first.sessionId, connection);
  });
  return {
    manager,
    shopId,
    async sell(isWanted) {
      let sold = 0;
      await Promise.all(
        sessions.map(async ({ sessionId }) => {
          // Its own each time: a host closes a connection on which nobody asks for some seconds.
          using connection = await HttpConnection.open(stack.url);
          while (isWanted(sold)) {
            sold += 1;
            await sellAt(sessionId, connection);
          }
        }),
      );
      return sold;
    },
  };
}
