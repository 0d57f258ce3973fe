import { z } from 'zod';
import { ShopId } from '../../../shared/events/contracts/pos-transaction.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import type { Reader, Seen } from '../../../shared/persistence/reading/reader.ts';
import { Shop, type ShopState, shopBoundary } from './shop.ts';

/** The path of a route about one shop. */
export const ShopPath = z.object({ shopId: ShopId });

/** @throws Rejection not-found where there is no such shop. */
export async function readShop(reader: Reader, shopId: string): Promise<Seen<ShopState>> {
  const shop = await reader.read(Shop, { boundary: shopBoundary(shopId), id: shopId });
  if (shop === undefined) throw rejectAbsent(`there is no shop ${shopId}`);
  return shop;
}
