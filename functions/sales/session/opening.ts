import { RegisterOpened } from '../../../shared/events/contracts/sales.ts';
import { localDateOf } from '../../../shared/local-date.ts';
import { reject, rejectAbsent } from '../../../shared/model/rejection.ts';
import type { ShopState } from '../shop/shop.ts';
import type { SessionState } from './session.ts';
import { receiptsOn, type TillsState, tillOf } from './tills.ts';

/** What a till says when it is opened. */
export interface SaidOpening {
  readonly register: string;
  readonly openingCash: number;
  readonly openedAt?: string | undefined;
}

/** Whether a session was opened by these very words. */
export function isOpenedBy(session: SessionState, { register, openingCash, openedAt }: SaidOpening): boolean {
  return session.register === register && session.openingCash === openingCash && session.saidAt === openedAt;
}

/**
 * Opens a register. Its day is that of the shop at that instant, whatever the clock says later; what the session before left
 * stands beside what is there now, with what has explained the difference since.
 *
 * @throws Rejection shop-closed; register-busy; not-found where the shop has no such register.
 */
export function openSession(
  shop: ShopState,
  tills: TillsState,
  { register, openingCash, openedAt, ...session }: SaidOpening & { sessionId: string; at: string; by: string },
) {
  if (shop.status === 'closed') throw reject('shop-closed', `the shop ${shop.shopId} is closed for good`);
  if (!shop.registers.includes(register)) throw rejectAbsent(`the shop ${shop.shopId} has no register ${register}`);
  const till = tillOf(tills, register);
  if (till.openSession !== undefined)
    throw reject('register-busy', `at register ${register} the session ${till.openSession} is open`);
  const businessDay = localDateOf(session.at, shop.timeZone);
  return [
    RegisterOpened({
      shopId: shop.shopId,
      location: shop.location,
      register,
      businessDay,
      openingCash,
      receiptsBefore: receiptsOn(till, businessDay),
      ...(till.left === undefined ? {} : { leftBySessionBefore: till.left }),
      ...(till.late === undefined ? {} : { explained: till.late }),
      ...(openedAt === undefined ? {} : { saidAt: openedAt }),
      ...session,
    }),
  ];
}
