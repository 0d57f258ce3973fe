import { z } from 'zod';
import type { Payment } from '../../../shared/events/contracts/pos-transaction.ts';
import { ByMethod } from '../../../shared/events/contracts/sales.ts';
import { LocalDate, plusDays } from '../../../shared/local-date.ts';
import { defineProjection } from '../../../shared/model/projection.ts';
import { MinorUnits } from '../../../shared/money.ts';
import { longestOfflineDays } from '../settings.ts';
import type { SessionState } from './session.ts';
import { byMethod, plusByMethod } from './session-totals.ts';

/** What one session leaves to the next at the same register. */
export const Till = z.object({
  register: z.string(),
  /** The session that is open, where one is. */
  openSession: z.string().optional(),
  /** What the last session left in the drawer. */
  left: MinorUnits.optional(),
  /** What came for sessions that were closed, since the last opening. */
  late: ByMethod.optional(),
  /** How many receipts it has given out, by day, as long as a till may come with a session of that day. */
  receipts: z.array(z.object({ day: LocalDate, count: z.int().positive() })),
});
export type Till = z.infer<typeof Till>;

/**
 * The tills of a shop, in one document that is there from the beginning. Whoever opens or closes a session writes it, and whoever
 * closes the shop or takes a register away relies on it: so neither can pass the other. No sale touches it, so tills do not contend.
 */
export const Tills = defineProjection({ kind: 'tills', state: z.object({ tills: z.array(Till) }) });
export interface TillsState {
  readonly tills: readonly Till[];
}

export function tillOf({ tills }: TillsState, register: string): Till {
  return tills.find((till) => till.register === register) ?? { register, receipts: [] };
}

/** The registers that have an open session. */
export function busyRegisters({ tills }: TillsState): readonly string[] {
  return tills.filter(({ openSession }) => openSession !== undefined).map(({ register }) => register);
}

/** How many receipts the register had given out on a day when its last session of that day ended. */
export function receiptsOn({ receipts }: Till, day: LocalDate): number {
  return receipts.find((of) => of.day === day)?.count ?? 0;
}

/** A session is open there; what came late before is told by it now. */
export function withOpened(tills: TillsState, { register, sessionId }: { register: string; sessionId: string }) {
  const { late: _, ...till } = tillOf(tills, register);
  return withTill(tills, { ...till, openSession: sessionId });
}

/** Its session is over: what it left and how many receipts it has given out, the next one begins with. */
export function withClosed(
  tills: TillsState,
  { register, businessDay: day, receiptsBefore, totals, closing }: SessionState,
) {
  const { openSession: _, ...till } = tillOf(tills, register);
  const count = receiptsBefore + totals.sales.count;
  const others = till.receipts.filter((of) => of.day !== day && of.day >= plusDays(day, -2 * longestOfflineDays));
  return withTill(tills, {
    ...till,
    ...(closing === undefined ? {} : { left: closing.counted.cash - closing.takenOut }),
    receipts: count === 0 ? others : [...others, { day, count }],
  });
}

/** Something was paid for a session of it that was closed. */
export function withLate(tills: TillsState, register: string, payments: readonly Payment[]) {
  const till = tillOf(tills, register);
  const before = till.late ?? { cash: 0, card: 0, voucher: 0 };
  return withTill(tills, { ...till, late: plusByMethod(before, byMethod(payments)) });
}

function withTill({ tills }: TillsState, till: Till) {
  return { tills: [...tills.filter(({ register }) => register !== till.register), till] };
}
