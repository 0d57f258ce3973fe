import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { nameable } from '../../../shared/events/contracts/identifiers.ts';
import { DeviceId } from '../../../shared/events/contracts/pos-transaction.ts';
import { ReasonCode } from '../../../shared/events/contracts/sales.ts';
import { created, ok } from '../../../shared/http/answer.ts';
import { reject } from '../../../shared/model/rejection.ts';
import { Money } from '../../../shared/money.ts';
import { SaidTime, timeOf } from '../said-time.ts';
import { shopBoundary } from '../shop/shop.ts';
import { CashMovement, cashMovementId, isSameMovement } from './cash-movement.ts';
import { bookCash } from './journal.ts';
import { Session } from './session.ts';
import { SessionPath, sessionUrl } from './session-path.ts';
import { SessionView, viewOf } from './session-view.ts';

const MovementPath = SessionPath.extend({ movementId: nameable(DeviceId) });

const MoveCash = z
  .strictObject({
    kind: z.enum(['paid-in', 'paid-out']),
    amount: Money.refine((amount) => amount > 0, { error: 'is nothing' }),
    reasonCode: ReasonCode,
    at: SaidTime.optional(),
  })
  .meta({ id: 'MoveCash', example: { kind: 'paid-out', amount: 20, reasonCode: 'postage' } });

/** The till gives the id, so it may say it again: also when its session is closed by then. */
export const moveCash = endpoint({
  name: 'move-cash',
  summary: 'Puts money into the drawer of an open session, or takes it out. The same again changes nothing',
  method: 'PUT',
  route: 'shops/{shopId}/sessions/{sessionId}/cash-movements/{movementId}',
  roles: ['sales', 'manager'],
  params: MovementPath,
  body: MoveCash,
  answers: { 200: SessionView, 201: SessionView },
  headers: ['etag'],
  problems: ['session-closed', 'session-reused', 'invalid-time'],
  async handle({ params, body, unitOfWork, reader, now, settings }) {
    const { shopId, sessionId, movementId } = params;
    const work = unitOfWork(shopBoundary(shopId));
    await work.preload([
      { type: Session, id: sessionId },
      { type: CashMovement, id: cashMovementId(params) },
    ]);
    const session = await work.load(Session, sessionId);
    const movement = await work.load(CashMovement, cashMovementId(params));
    if (movement.current !== undefined) {
      if (!isSameMovement(movement.current.said, body))
        throw reject('session-reused', `the cash movement ${movementId} of the session was another one`);
      return ok(viewOf(session), session.version);
    }
    const at = await timeOf(body.at, { now, reader, settings });
    session.record(bookCash(session.state, { movementId, kind: body.kind, amount: body.amount, at }));
    movement.put({ said: body });
    return created(sessionUrl(params), viewOf(session), session.version);
  },
});
