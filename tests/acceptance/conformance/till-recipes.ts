import { randomUUID } from 'node:crypto';
import { bodyOf } from '../../rigs/clients/api-client.ts';
import { eventually } from '../../rigs/stack/eventually.ts';
import { shopDescription } from '../../rigs/tills/tills.ts';
import type { CallParts } from './call.ts';
import type { Recipe, Scene } from './scene.ts';

/** The id of a shop where things are sold at tills. */
async function shopIn({ shop }: Scene): Promise<string> {
  const shopId = randomUUID();
  bodyOf(await (await shop.as()).post('/api/v1/shops', shopDescription(shopId)), 201);
  return shopId;
}

/** A till that is open. */
async function sessionIn(scene: Scene) {
  const [shopId, sessionId] = [await shopIn(scene), randomUUID()];
  const opening = { register: '1', openingCash: 100 };
  bodyOf(await (await scene.shop.as()).put(`/api/v1/shops/${shopId}/sessions/${sessionId}`, opening), 201);
  return { shopId, sessionId };
}

/** What a till says of a sale that is paid. */
function saleOf({ sku }: Scene, sessionId: string) {
  const lines = [{ itemId: sku, quantity: 2, unitPrice: 10 }];
  return { sessionId, lines, payments: [{ method: 'cash', amount: 20, tendered: 50 }] };
}

/** A sale, once the tills know what it sells. */
async function saleIn(scene: Scene) {
  const { shopId, sessionId } = await sessionIn(scene);
  const [api, saleId] = [await scene.shop.as(), randomUUID()];
  const path = `/api/v1/shops/${shopId}/sales/${saleId}`;
  await eventually(async () => bodyOf(await api.put(path, saleOf(scene, sessionId)), 201));
  return { sessionId, params: { shopId, saleId } };
}

const ofShop =
  (body?: object) =>
  async (scene: Scene): Promise<CallParts> => ({
    token: scene.admin,
    params: { shopId: await shopIn(scene) },
    body,
  });
const ofTillSession =
  (body?: object) =>
  async (scene: Scene): Promise<CallParts> => ({ token: scene.admin, params: await sessionIn(scene), body });
const ofSale =
  (body?: object): Recipe =>
  async (scene) => ({ token: scene.admin, params: (await saleIn(scene)).params, body });

/** A request for each operation of shops, their tills and what is sold there, by its name. */
export const tillRecipes: Readonly<Record<string, Recipe>> = {
  'open-shop': ({ admin }) => ({ token: admin, body: shopDescription(randomUUID()) }),
  'list-shops': ({ admin }) => ({ token: admin }),
  'get-shop': ofShop(),
  'change-shop': ofShop({ cashRounding: 0.05 }),
  'close-shop': ofShop({ reasonCode: 'moved' }),
  'open-register': async (scene) => ({
    ...(await ofShop()(scene)),
    params: { shopId: await shopIn(scene), sessionId: randomUUID() },
    body: { register: '1', openingCash: 100 },
  }),
  'get-session': ofTillSession(),
  'move-cash': async (scene) => {
    const parts = await ofTillSession({ kind: 'paid-in', amount: 5, reasonCode: 'change' })(scene);
    return { ...parts, params: { ...parts.params, movementId: randomUUID() } };
  },
  'close-register': ofTillSession({ counted: { cash: 100 } }),
  'list-sessions': ofShop(),
  'get-daily-totals': async (scene) => ({ ...(await ofShop()(scene)), query: { day: '2026-11-22' } }),

  'ring-up-sale': async (scene) => {
    const { params, sessionId } = await saleIn(scene);
    return {
      token: scene.admin,
      params: { ...params, saleId: randomUUID() },
      body: saleOf(scene, sessionId),
    };
  },
  'get-sale': ofSale(),
  'cancel-sale': ofSale({ reasonCode: 'wrong-item' }),
  'refund-sale': async (scene) => {
    const { params, sessionId } = await saleIn(scene);
    const payments = [{ method: 'cash', amount: 10 }];
    const said = { refundId: randomUUID(), sessionId, lines: [{ line: 1, quantity: 1 }], payments };
    return { token: scene.admin, params, body: { ...said, reasonCode: 'changed-mind' } };
  },
  'list-sales': ofShop(),
  'purchases-of-customer': ({ admin }) => ({ token: admin, params: { id: 'CUST-123' } }),
};
