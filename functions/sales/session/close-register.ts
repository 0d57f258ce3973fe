import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { reject } from '../../../shared/model/rejection.ts';
import { Money } from '../../../shared/money.ts';
import { text } from '../../../shared/text.ts';
import { Shop, shopBoundary } from '../shop/shop.ts';
import { ClosingNote, closeSession, isClosedBy } from './closing.ts';
import { ParkedSales } from './parked-sales.ts';
import { Session } from './session.ts';
import { SessionPath } from './session-path.ts';
import { SessionView, viewOf } from './session-view.ts';
import { Tills, withClosed } from './tills.ts';

const CloseRegister = z
  .strictObject({
    counted: z.strictObject({ cash: Money, card: Money.optional(), voucher: Money.optional() }),
    takenOut: Money.prefault(0).describe('What goes to the bank: the rest stays for the next session'),
    note: text(500).optional().describe('What there is to say of a difference; no event tells it'),
  })
  .refine(({ counted, takenOut }) => takenOut <= counted.cash, {
    path: ['takenOut'],
    error: 'is more than the cash that was counted',
  })
  .meta({ id: 'CloseRegister', example: { counted: { cash: 167.8 }, takenOut: 67.8 } });

export const closeRegister = endpoint({
  name: 'close-register',
  summary: 'Closes a session that was counted; the same again changes nothing',
  method: 'POST',
  route: 'shops/{shopId}/sessions/{sessionId}/close',
  roles: ['sales', 'manager'],
  params: SessionPath,
  body: CloseRegister,
  answers: { 200: SessionView },
  headers: ['etag'],
  problems: ['sales-open', 'session-closed', 'difference-unexplained', 'precondition-failed'],
  async handle({ params: { shopId, sessionId }, body, unitOfWork, ifMatch, actor, now }) {
    const work = unitOfWork(shopBoundary(shopId));
    await work.preload([
      { type: Session, id: sessionId },
      { type: ClosingNote, id: sessionId },
      { type: ParkedSales, id: sessionId },
      { type: Shop, id: shopId },
      { type: Tills, id: shopId },
    ]);
    const session = await work.load(Session, sessionId);
    const noted = await work.load(ClosingNote, sessionId);
    if (session.state.status !== 'open') {
      if (!isClosedBy(session.state, noted.current?.note, body))
        throw reject('session-closed', `the session ${sessionId} is ${session.state.status}, and was not counted so`);
      return ok(viewOf(session, noted.current?.note), session.version);
    }
    ifMatch(session.version);
    const shop = await work.load(Shop, shopId);
    const parked = await work.load(ParkedSales, sessionId);
    session.record(
      closeSession(session.state, body, {
        parked: parked.current?.saleIds ?? [],
        differenceLimit: shop.state.differenceLimit,
        at: now.toISOString(),
        by: actor,
      }),
    );
    if (body.note !== undefined) noted.put({ note: body.note });
    const tills = await work.load(Tills, shopId);
    tills.put(withClosed(tills.state, session.state));
    return ok(viewOf(session, body.note), session.version);
  },
});
