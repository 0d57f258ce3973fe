import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { created, ok } from '../../../shared/http/answer.ts';
import { hasRole } from '../../../shared/security/principal.ts';
import { refundOfEvent, Sale } from '../sale/sale.ts';
import { SalePath } from '../sale/sale-path.ts';
import { bookRefund } from '../session/journal.ts';
import { Session } from '../session/session.ts';
import { Shop, shopBoundary } from '../shop/shop.ts';
import { bookingOf, madeAlready, refund } from './refund.ts';
import { RefundSale } from './refund-body.ts';
import { RefundView, refundViewOf } from './refund-view.ts';

/** The sale, and the money of the session that it is paid out of, are one commit: two tills cannot take the last piece back twice. */
export const refundSale = endpoint({
  name: 'refund-sale',
  summary: 'Takes pieces of a completed sale back, under the id that the till has given the refund; it is final',
  method: 'POST',
  route: 'shops/{shopId}/sales/{saleId}/refunds',
  roles: ['sales', 'manager'],
  params: SalePath,
  body: RefundSale,
  answers: { 200: RefundView, 201: RefundView },
  problems: [
    'sale-reused',
    'illegal-transition',
    'unknown-line',
    'refund-exceeds-sale',
    'session-closed',
    'refund-method',
    'payment-mismatch',
  ],
  async handle({ params: { shopId, saleId }, body, unitOfWork, caller, actor, now }) {
    const work = unitOfWork(shopBoundary(shopId));
    await work.preload([
      { type: Shop, id: shopId },
      { type: Session, id: body.sessionId },
      { type: Sale, id: saleId },
    ]);
    const sale = await work.load(Sale, saleId);
    const made = madeAlready(sale.state, body);
    if (made !== undefined) return ok(refundViewOf(made));
    const shop = await work.load(Shop, shopId);
    const session = await work.load(Session, body.sessionId);
    const refunded = refund(sale.state, body, {
      smallestCoin: shop.state.cashRounding,
      isAnyMethodRight: hasRole(caller, 'manager'),
      by: actor,
      at: now.toISOString(),
    });
    session.record(bookRefund(session.state, bookingOf(sale.state, refunded)));
    sale.record(refunded);
    return created(`/api/v1/shops/${shopId}/sales/${saleId}`, refundViewOf(refundOfEvent(refunded.data)));
  },
});
