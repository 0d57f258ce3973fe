import { z } from 'zod';
import { DeviceId } from '../../../shared/events/contracts/pos-transaction.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import type { TrackedAggregate } from '../../../shared/persistence/commit/tracked.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import type { SessionState } from './session.ts';

/** The sales of a session that are rung up and not paid: they keep the till from being closed. */
export const ParkedSales = defineProjection({
  kind: 'parked-sales',
  state: z.object({ saleIds: z.array(DeviceId) }),
});

/**
 * Counts a sale that is rung up and not paid yet among those of its session. The session is relied on: whoever closes it at
 * the same moment decides again, and sees the sale.
 */
export async function parkSale(
  work: UnitOfWork,
  session: TrackedAggregate<SessionState>,
  saleId: string,
): Promise<void> {
  const parked = await work.load(ParkedSales, session.id);
  const saleIds = parked.current?.saleIds ?? [];
  if (!saleIds.includes(saleId)) parked.put({ saleIds: [...saleIds, saleId] });
  work.rely(session);
}

/** The sale is paid or given up: it keeps nothing open any more. Of one that was not parked, nothing. */
export async function unparkSale(work: UnitOfWork, sessionId: string, saleId: string): Promise<void> {
  const parked = await work.load(ParkedSales, sessionId);
  const saleIds = parked.current?.saleIds ?? [];
  if (!saleIds.includes(saleId)) return;
  const left = saleIds.filter((id) => id !== saleId);
  if (left.length === 0) parked.remove();
  else parked.put({ saleIds: left });
}
