import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { Location, nameable } from '../../../shared/events/contracts/identifiers.ts';
import { ShopId } from '../../../shared/events/contracts/pos-transaction.ts';
import { created } from '../../../shared/http/answer.ts';
import { Tills } from '../session/tills.ts';
import { Shop, setUp, shopBoundary } from './shop.ts';
import { shopFields } from './shop-fields.ts';
import { ShopView, viewOf } from './shop-view.ts';

const OpenShop = z
  .strictObject({
    shopId: nameable(ShopId),
    ...shopFields,
    cashRounding: shopFields.cashRounding.prefault(0.01),
    differenceLimit: shopFields.differenceLimit.optional(),
    location: nameable(Location).optional().describe('Where its goods are; left out, it is called as the shop is'),
  })
  .meta({
    id: 'OpenShop',
    example: {
      shopId: 'berlin',
      name: 'Berlin',
      timeZone: 'Europe/Berlin',
      registers: ['1', '2'],
      taxRates: [
        { name: 'standard', percent: 19 },
        { name: 'reduced', percent: 7 },
      ],
      defaultTax: 'standard',
      cashRounding: 0.05,
    },
  });

export const openShop = endpoint({
  name: 'open-shop',
  summary: 'Opens a shop: what its tills sell by',
  method: 'POST',
  route: 'shops',
  roles: ['manager'],
  body: OpenShop,
  answers: { 201: ShopView },
  headers: ['etag'],
  problems: ['already-exists', 'unknown-tax'],
  async handle({ body: { location, ...said }, unitOfWork }) {
    const { shopId } = said;
    const work = unitOfWork(shopBoundary(shopId));
    const shop = await work.expectNew(Shop, shopId);
    shop.record(setUp({ ...said, location: location ?? shopId }));
    const tills = await work.expectNew(Tills, shopId);
    tills.put({ tills: [] });
    return created(`/api/v1/shops/${shopId}`, viewOf(shop), shop.version);
  },
});
