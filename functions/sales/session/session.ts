import { z } from 'zod';
import { Location } from '../../../shared/events/contracts/identifiers.ts';
import { DeviceId, PosTransaction, ShopId } from '../../../shared/events/contracts/pos-transaction.ts';
import {
  ByMethod,
  Counted,
  Difference,
  RegisterClosed,
  RegisterName,
  RegisterOpened,
} from '../../../shared/events/contracts/sales.ts';
import { LocalDate } from '../../../shared/local-date.ts';
import { defineAggregate } from '../../../shared/model/aggregate.ts';
import { MinorUnits } from '../../../shared/money.ts';
import { addedTo, nothingYet, SessionTotals } from './session-totals.ts';

/** `late` is a session that nobody has opened, nor will close: it has no drawer, and takes what tills send too late. */
export const SessionStatus = z.enum(['open', 'closed', 'late']);

/**
 * A till's shift, from the float in the morning to the counting in the evening. It is the journal of the till, too: each movement
 * of money is a `pos.transaction` that is recorded on it, so that their `sequence` has no gap. What they come to is summed up here,
 * in the commit of each: to close adds nothing up.
 */
export const SessionState = z.object({
  shopId: ShopId,
  location: Location,
  register: RegisterName,
  sessionId: DeviceId,
  /** The day of the shop on which it was opened: it counts for all that happens in it, past midnight too. */
  businessDay: LocalDate,
  status: SessionStatus,
  openingCash: MinorUnits,
  receiptsBefore: z.int().nonnegative(),
  leftBySessionBefore: MinorUnits.optional(),
  explained: ByMethod.optional(),
  openedAt: z.iso.datetime(),
  openedBy: z.string(),
  /** When it was opened, as the till has said: a repeat says the same, or leaves it out as that did. */
  saidAt: z.iso.datetime().optional(),
  totals: SessionTotals,
  closing: z
    .object({ counted: Counted, difference: Difference, takenOut: MinorUnits, at: z.iso.datetime(), by: z.string() })
    .optional(),
});
export type SessionState = z.infer<typeof SessionState>;

export const Session = defineAggregate({
  kind: 'session',
  state: SessionState,
  events: [RegisterOpened, PosTransaction, RegisterClosed],
  begin: {
    [RegisterOpened.type]: ({ data: { by, at, isLate, ...session } }): SessionState => ({
      ...session,
      status: isLate === true ? 'late' : 'open',
      openedAt: at,
      openedBy: by,
      totals: nothingYet,
    }),
  },
  evolve: {
    [PosTransaction.type]: (session, { data }) => ({ ...session, totals: addedTo(session.totals, data) }),
    [RegisterClosed.type]: (session, { data: { counted, difference, takenOut, at, by } }): SessionState => ({
      ...session,
      status: 'closed',
      closing: { counted, difference, takenOut, at, by },
    }),
  },
});
