import { z } from 'zod';
import { command } from '../../../shared/capabilities/command.ts';
import { ReasonCode } from '../../../shared/events/contracts/sales.ts';
import { busyRegisters, Tills } from '../session/tills.ts';
import { Shop, shopBoundary, shutDown } from './shop.ts';
import { ShopPath } from './shop-path.ts';
import { ShopView, viewOf } from './shop-view.ts';

const CloseShop = z
  .strictObject({ reasonCode: ReasonCode.optional() })
  .meta({ id: 'CloseShop', example: { reasonCode: 'moved' } });

/** The tills are put as they are, so that none is opened at the same moment. */
export const closeShop = command({
  name: 'close-shop',
  summary: 'Closes a shop for good; again changes nothing',
  method: 'POST',
  route: 'shops/{shopId}/close',
  roles: ['manager'],
  params: ShopPath,
  body: CloseShop,
  of: Shop,
  beside: Tills,
  at: ({ params: { shopId } }) => ({ boundary: shopBoundary(shopId), id: shopId }),
  decide: (shop, { body: { reasonCode } }, tills) => ({
    events: shutDown(shop, { busy: busyRegisters(tills), reasonCode }),
    beside: tills,
  }),
  view: [ShopView, viewOf],
  problems: ['session-open'],
});
