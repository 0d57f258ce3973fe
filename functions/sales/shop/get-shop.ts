import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { readShop, ShopPath } from './shop-path.ts';
import { ShopView, viewOf } from './shop-view.ts';

export const getShop = endpoint({
  name: 'get-shop',
  summary: 'Reads a shop as it is now',
  method: 'GET',
  route: 'shops/{shopId}',
  roles: ['sales', 'warehouse', 'manager'],
  params: ShopPath,
  answers: { 200: ShopView },
  headers: ['etag'],
  async handle({ params: { shopId }, reader }) {
    const shop = await readShop(reader, shopId);
    return ok(viewOf(shop), shop.version);
  },
});
