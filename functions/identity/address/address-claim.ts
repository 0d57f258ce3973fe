import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { addressBoundary, addressKey } from './email-address.ts';

/**
 * Whose an address is. It is made before the user is, and holds only the id that the user will have: two who register one
 * address want to create the same document, and whoever finds it without its user creates that user.
 */
export const AddressClaim = defineProjection({ kind: 'claim', state: z.object({ userId: z.string() }) });

/** Whether the address is this user's at the moment: it is no more as soon as they are deleted. */
export async function isClaimedBy(userId: string, address: string, reader: Reader): Promise<boolean> {
  const claim = await reader.read(AddressClaim, { boundary: addressBoundary(address), id: addressKey(address) });
  return claim?.state.userId === userId;
}
