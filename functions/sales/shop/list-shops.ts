import { directory } from '../../../shared/capabilities/directory.ts';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ShopClosed, ShopOpened, ShopUpdated } from '../../../shared/events/contracts/sales.ts';
import { ok } from '../../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../../shared/http/paging.ts';
import { folded } from '../../../shared/text.ts';
import { Shop, ShopStatus, shopBoundary } from './shop.ts';
import { ShopView, viewOf } from './shop-view.ts';

const shopsBoundary = 'shops';

/** The shops of a tenant, each of which is a boundary of its own. */
export const shops = directory({
  name: 'follow-shops',
  of: Shop,
  on: [ShopOpened, ShopUpdated, ShopClosed],
  boundary: () => shopsBoundary,
  address: ({ data: { shopId } }) => ({ boundary: shopBoundary(shopId), id: shopId }),
  entry: ({ name, status }) => ({ nameKey: folded(name), status }),
  filters: ['status'],
  order: 'nameKey',
});

export const listShops = endpoint({
  name: 'list-shops',
  summary: 'Lists shops by their names; one that was just opened follows within moments',
  method: 'GET',
  route: 'shops',
  roles: ['sales', 'warehouse', 'manager'],
  query: PageQuery.extend({ status: ShopStatus.optional().describe('Only shops that are so') }),
  answers: { 200: pageOf(ShopView) },
  problems: ['invalid-continuation'],
  async handle({ query: { status, ...paging }, reader }) {
    const { items, ...rest } = await shops.list(reader, shopsBoundary, { ...paging, where: { status } });
    return ok({ items: items.map(viewOf), ...rest });
  },
});
