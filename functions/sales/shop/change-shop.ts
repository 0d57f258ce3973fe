import { command } from '../../../shared/capabilities/command.ts';
import { patchOf } from '../../../shared/http/patch-body.ts';
import { localDateOf } from '../../../shared/local-date.ts';
import { busyRegisters, Tills } from '../session/tills.ts';
import { revise, Shop, shopBoundary } from './shop.ts';
import { shopFields } from './shop-fields.ts';
import { ShopPath } from './shop-path.ts';
import { ShopView, viewOf } from './shop-view.ts';

const ChangeShop = patchOf({
  ...shopFields,
  differenceLimit: shopFields.differenceLimit.nullable(),
}).meta({
  id: 'ChangeShop',
  description:
    'What is named is changed, at least one. A list is named as a whole; a rate counts from today, or from the day it names',
  example: { registers: ['1', '2', '3'] },
});

/** The tills are put as they are, so that none is opened at the same moment at a register that goes. */
export const changeShop = command({
  name: 'change-shop',
  summary: 'Changes a shop; what was sold before stays as it was',
  method: 'PATCH',
  route: 'shops/{shopId}',
  roles: ['manager'],
  params: ShopPath,
  body: ChangeShop,
  of: Shop,
  beside: Tills,
  at: ({ params: { shopId } }) => ({ boundary: shopBoundary(shopId), id: shopId }),
  decide: (shop, { body, now }, tills) => ({
    events: revise(shop, body, {
      busy: busyRegisters(tills),
      today: localDateOf(now, body.timeZone ?? shop.timeZone),
    }),
    beside: tills,
  }),
  view: [ShopView, viewOf],
  problems: ['shop-closed', 'register-busy', 'unknown-tax'],
});
