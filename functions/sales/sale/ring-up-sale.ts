import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { created, ok } from '../../../shared/http/answer.ts';
import { reject } from '../../../shared/model/rejection.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { hasRole } from '../../../shared/security/principal.ts';
import { pricesOf } from '../prices/prices-of.ts';
import { timeOf } from '../said-time.ts';
import { parkSale, unparkSale } from '../session/parked-sales.ts';
import { Session } from '../session/session.ts';
import { Shop, shopBoundary } from '../shop/shop.ts';
import { isKnownAlready } from './known-already.ts';
import { linesOfSale } from './lines-of-sale.ts';
import { meantSessionOf } from './meant-session.ts';
import { paySale } from './pay-sale.ts';
import { park, type RungUp } from './ring-up.ts';
import { Sale } from './sale.ts';
import { PutSale } from './sale-body.ts';
import { SalePath } from './sale-path.ts';
import { SaleView, viewOf } from './sale-view.ts';

/**
 * The sale, the money of its session and the number of its receipt are one commit. A till may send a sale as often as it has to: what
 * is known already is answered as it is now.
 */
export const ringUpSale = endpoint({
  name: 'ring-up-sale',
  summary: 'Rings a sale up under the id that the till has given it: parked without payments, completed with them',
  method: 'PUT',
  route: 'shops/{shopId}/sales/{saleId}',
  roles: ['sales', 'manager'],
  params: SalePath,
  body: PutSale,
  answers: { 200: SaleView, 201: SaleView },
  headers: ['etag'],
  problems: [
    'session-closed',
    'sale-reused',
    'illegal-transition',
    'unknown-item',
    'item-archived',
    'unknown-tax',
    'price-mismatch',
    'total-mismatch',
    'total-too-large',
    'payment-mismatch',
    'invalid-time',
    'precondition-failed',
  ],
  async handle({ params: { shopId, saleId }, body, unitOfWork, reader, caller, actor, ifMatch, now, settings }) {
    const work = unitOfWork(shopBoundary(shopId));
    const { shop, session, sale } = await loaded(work, shopId, saleId, body.sessionId);
    const before = sale.current;
    if (before !== undefined && isKnownAlready(before, body, meantSessionOf(before, session.current)))
      return ok(viewOf(sale), sale.version);
    ifMatch(sale.version);

    const { register, businessDay, location, status } = session.state;
    const isPaid = body.payments !== undefined;
    if (status !== 'open' && !(body.offline && isPaid))
      throw reject('session-closed', `the session ${session.id} is ${status}: it takes no more sales`);
    const soldAt = await timeOf(body.soldAt, { now, reader, settings });
    const { lines, total, flags } = linesOfSale(body, {
      shop: shop.state,
      priceOf: await pricesOf(reader, body.lines),
      parked: before?.lines ?? [],
      soldAt,
      isAnyPriceRight: hasRole(caller, 'manager'),
    });
    // What is paid is over: whatever was parked, and comes later, is passed over.
    const revision = isPaid ? body.revision : (body.revision ?? before?.revision);
    const rungUp: RungUp = {
      shopId,
      saleId,
      sessionId: session.id,
      location,
      register,
      businessDay,
      ...(body.customerId === undefined ? {} : { customerId: body.customerId }),
      lines,
      total,
      soldAt,
      ...(revision === undefined ? {} : { revision }),
      by: actor,
    };

    if (before?.status === 'open') await unparkSale(work, before.sessionId, saleId);
    if (body.payments === undefined) {
      sale.record(park(before, rungUp));
      await parkSale(work, session, saleId);
    } else {
      const { payments, offline: isOffline } = body;
      await paySale(work, { sale, session }, rungUp, {
        payments,
        smallestCoin: shop.state.cashRounding,
        isOffline,
        flags,
      });
    }
    return before === undefined
      ? created(`/api/v1/shops/${shopId}/sales/${saleId}`, viewOf(sale), sale.version)
      : ok(viewOf(sale), sale.version);
  },
});

async function loaded(work: UnitOfWork, shopId: string, saleId: string, sessionId: string) {
  await work.preload([
    { type: Shop, id: shopId },
    { type: Session, id: sessionId },
    { type: Sale, id: saleId },
  ]);
  const shop = await work.load(Shop, shopId);
  const session = await work.load(Session, sessionId);
  return { shop, session, sale: await work.load(Sale, saleId) };
}
