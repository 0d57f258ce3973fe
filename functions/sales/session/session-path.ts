import { z } from 'zod';
import { nameable } from '../../../shared/events/contracts/identifiers.ts';
import { DeviceId, ShopId } from '../../../shared/events/contracts/pos-transaction.ts';

/** The path of a route about one session. */
export const SessionPath = z.object({ shopId: ShopId, sessionId: nameable(DeviceId) });

/** Where a session is read. */
export function sessionUrl({ shopId, sessionId }: z.output<typeof SessionPath>): string {
  return `/api/v1/shops/${shopId}/sessions/${sessionId}`;
}
