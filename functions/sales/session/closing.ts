import { z } from 'zod';
import {
  type ByMethod,
  type Counted,
  type Difference,
  RegisterClosed,
} from '../../../shared/events/contracts/sales.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { reject, rejectContent } from '../../../shared/model/rejection.ts';
import { formatted } from '../../../shared/money.ts';
import { expectedOf } from './journal.ts';
import type { SessionState } from './session.ts';

/** What whoever has counted says. */
export interface SaidClosing {
  readonly counted: Counted;
  readonly takenOut: number;
  readonly note?: string | undefined;
}

/** What was written about a closing: in words, so in no event. */
export const ClosingNote = defineProjection({ kind: 'closing-note', state: z.object({ note: z.string() }) });

/** Whether a closed session was closed by these very words. */
export function isClosedBy(
  { closing }: SessionState,
  noted: string | undefined,
  { counted, takenOut, note }: SaidClosing,
): boolean {
  return (
    closing !== undefined &&
    closing.counted.cash === counted.cash &&
    closing.counted.card === counted.card &&
    closing.counted.voucher === counted.voucher &&
    closing.takenOut === takenOut &&
    noted === note
  );
}

/**
 * Closes a session. What was counted stands beside what was expected, neither is changed for the other, and a difference keeps
 * no session open.
 *
 * @param parked the sales that are rung up and not paid.
 *
 * @throws Rejection session-closed; sales-open; difference-unexplained when it is beyond the limit and nobody says why.
 */
export function closeSession(
  session: SessionState,
  { counted, takenOut, note }: SaidClosing,
  context: {
    readonly parked: readonly string[];
    readonly differenceLimit: number | undefined;
    readonly at: string;
    readonly by: string;
  },
) {
  const { shopId, register, sessionId, businessDay, status } = session;
  if (status !== 'open') throw reject('session-closed', `the session ${sessionId} is ${status}`);
  if (context.parked.length > 0) throw reject('sales-open', `these sales are not paid: ${context.parked.join(', ')}`);
  const expected = expectedOf(session);
  const difference = differenceOf(counted, expected);
  if (note === undefined) refuseUnexplained(difference, context.differenceLimit);
  const { at, by } = context;
  const of = { shopId, register, sessionId, businessDay };
  return [RegisterClosed({ ...of, expected, counted, difference, takenOut, at, by })];
}

/** What was not counted has no difference. */
function differenceOf({ cash, card, voucher }: Counted, expected: ByMethod): Difference {
  return {
    cash: cash - expected.cash,
    ...(card === undefined ? {} : { card: card - expected.card }),
    ...(voucher === undefined ? {} : { voucher: voucher - expected.voucher }),
  };
}

function refuseUnexplained(difference: Difference, limit = Number.POSITIVE_INFINITY): void {
  const beyond = Object.entries(difference).flatMap(([method, amount]) =>
    amount !== undefined && Math.abs(amount) > limit ? [`${method} by ${formatted(amount)}`] : [],
  );
  if (beyond.length === 0) return;
  throw rejectContent(
    'difference-unexplained',
    `it differs in ${beyond.join(', ')}, which is more than ${formatted(limit)}`,
  );
}
