import { z } from 'zod';
import { DeviceId, ShopId } from '../../../shared/events/contracts/pos-transaction.ts';

/** The path of a route about one sale. */
export const SalePath = z.object({ shopId: ShopId, saleId: DeviceId });
