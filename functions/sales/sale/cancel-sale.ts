import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { rejectForbidden } from '../../../shared/model/rejection.ts';
import { hasRole } from '../../../shared/security/principal.ts';
import { bookVoid } from '../session/journal.ts';
import { unparkSale } from '../session/parked-sales.ts';
import { Session } from '../session/session.ts';
import { shopBoundary } from '../shop/shop.ts';
import { cancel, voiding } from './cancel.ts';
import { Sale } from './sale.ts';
import { CancelSale } from './sale-body.ts';
import { SalePath } from './sale-path.ts';
import { SaleView, viewOf } from './sale-view.ts';

export const cancelSale = endpoint({
  name: 'cancel-sale',
  summary: 'Gives a parked sale up, or voids a completed one in its session; again, nothing happens',
  method: 'POST',
  route: 'shops/{shopId}/sales/{saleId}/cancel',
  roles: ['sales', 'manager'],
  params: SalePath,
  body: CancelSale,
  answers: { 200: SaleView },
  headers: ['etag'],
  problems: ['session-closed', 'illegal-transition', 'precondition-failed'],
  async handle({ params: { shopId, saleId }, body: { reasonCode }, unitOfWork, caller, actor, ifMatch, now }) {
    const work = unitOfWork(shopBoundary(shopId));
    const sale = await work.load(Sale, saleId);
    const { by, sessionId, status } = sale.state;
    if (by !== actor && !hasRole(caller, 'manager'))
      throw rejectForbidden(`the sale ${saleId} is somebody else's: a manager may cancel it`);
    const at = now.toISOString();
    const events = cancel(sale.state, { reasonCode, by: actor, at });
    if (events.length === 0) return ok(viewOf(sale), sale.version);
    ifMatch(sale.version);
    if (status === 'open') {
      await unparkSale(work, sessionId, saleId);
    } else {
      const session = await work.load(Session, sessionId);
      session.record(bookVoid(session.state, voiding(sale.state, at)));
    }
    sale.record(events);
    return ok(viewOf(sale), sale.version);
  },
});
