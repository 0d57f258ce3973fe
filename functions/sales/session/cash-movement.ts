import { z } from 'zod';
import { ReasonCode } from '../../../shared/events/contracts/sales.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { MinorUnits } from '../../../shared/money.ts';

const Said = z.object({
  kind: z.enum(['paid-in', 'paid-out']),
  amount: MinorUnits,
  reasonCode: ReasonCode,
  at: z.iso.datetime().optional(),
});
type Said = z.infer<typeof Said>;

/** What a till has said of money put into its drawer or taken out: by this a repeat is known. */
export const CashMovement = defineProjection({ kind: 'cash-movement', state: z.object({ said: Said }) });

/** A till names its movements, each for its own session. */
export function cashMovementId({ sessionId, movementId }: { sessionId: string; movementId: string }): string {
  return `${sessionId}:${movementId}`;
}

export function isSameMovement(one: Said, other: Said): boolean {
  return (
    one.kind === other.kind && one.amount === other.amount && one.reasonCode === other.reasonCode && one.at === other.at
  );
}
