import { nameable } from '../../../shared/events/contracts/identifiers.ts';
import { DeviceId } from '../../../shared/events/contracts/pos-transaction.ts';
import { ShopPath } from '../shop/shop-path.ts';

/** The path of a route about one sale. */
export const SalePath = ShopPath.extend({ saleId: nameable(DeviceId) });
