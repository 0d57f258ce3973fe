import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { RegisterName } from '../../../shared/events/contracts/sales.ts';
import { created, ok } from '../../../shared/http/answer.ts';
import { reject } from '../../../shared/model/rejection.ts';
import { Money } from '../../../shared/money.ts';
import { SaidTime, timeOf } from '../said-time.ts';
import { Shop, shopBoundary } from '../shop/shop.ts';
import { isOpenedBy, openSession } from './opening.ts';
import { Session } from './session.ts';
import { isLateSessionId } from './session-for-sale.ts';
import { SessionPath, sessionUrl } from './session-path.ts';
import { SessionView, viewOf } from './session-view.ts';
import { Tills, withOpened } from './tills.ts';

const { shopId, sessionId } = SessionPath.shape;
const NewSessionPath = z.object({
  shopId,
  sessionId: sessionId.refine((id) => !isLateSessionId(id), { error: 'is what late sessions are called' }),
});

const OpenRegister = z
  .strictObject({
    register: RegisterName,
    openingCash: Money.describe('What is in the drawer'),
    openedAt: SaidTime.optional(),
  })
  .meta({ id: 'OpenRegister', example: { register: '1', openingCash: 100 } });

/** The till gives the id, so it may say it again, as often as no answer comes. */
export const openRegister = endpoint({
  name: 'open-register',
  summary: 'Opens a register: its session begins. The same again changes nothing',
  method: 'PUT',
  route: 'shops/{shopId}/sessions/{sessionId}',
  roles: ['sales', 'manager'],
  params: NewSessionPath,
  body: OpenRegister,
  answers: { 200: SessionView, 201: SessionView },
  headers: ['etag'],
  problems: ['register-busy', 'shop-closed', 'session-reused', 'invalid-time'],
  async handle({ params, body, unitOfWork, reader, actor, now, settings }) {
    const { shopId, sessionId } = params;
    const work = unitOfWork(shopBoundary(shopId));
    await work.preload([
      { type: Shop, id: shopId },
      { type: Tills, id: shopId },
      { type: Session, id: sessionId },
    ]);
    const [shop, tills, session] = [
      await work.load(Shop, shopId),
      await work.load(Tills, shopId),
      await work.load(Session, sessionId),
    ];
    if (session.current !== undefined) {
      if (!isOpenedBy(session.current, body))
        throw reject('session-reused', `the session ${sessionId} was opened otherwise`);
      return ok(viewOf(session), session.version);
    }
    const at = await timeOf(body.openedAt, { now, reader, settings });
    session.record(openSession(shop.state, tills.state, { ...body, sessionId, at, by: actor }));
    tills.put(withOpened(tills.state, { register: body.register, sessionId }));
    return created(sessionUrl(params), viewOf(session), session.version);
  },
});
