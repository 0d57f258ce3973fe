import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { listBoundary } from '../../../shared/capabilities/list-boundary.ts';
import { ok } from '../../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../../shared/http/paging.ts';
import { LocalDate } from '../../../shared/local-date.ts';
import { shopBoundary } from '../shop/shop.ts';
import { readShop, ShopPath } from '../shop/shop-path.ts';
import { Session, SessionStatus } from './session.ts';
import { SessionView, viewOf } from './session-view.ts';

/** What lists of sessions are filtered and sorted by. */
export const sessionIndexes = { filtered: ['status'], sorted: ['openedAt', ['businessDay', 'openedAt']] };

export const listSessions = endpoint({
  name: 'list-sessions',
  summary: 'Lists the sessions of a shop, the newest first',
  method: 'GET',
  route: 'shops/{shopId}/sessions',
  roles: ['sales', 'manager', 'auditor'],
  params: ShopPath,
  query: PageQuery.extend({
    day: LocalDate.optional().describe('Their business day'),
    status: SessionStatus.optional(),
  }),
  answers: { 200: pageOf(SessionView) },
  problems: ['invalid-continuation'],
  async handle({ params: { shopId }, query: { day: businessDay, status, ...paging }, reader }) {
    const [{ items, ...rest }] = await Promise.all([
      listBoundary(
        reader,
        Session,
        shopBoundary(shopId),
        { ...paging, where: { businessDay, status } },
        { order: 'descending', by: 'openedAt', ...(businessDay === undefined ? {} : { within: 'businessDay' }) },
      ),
      readShop(reader, shopId),
    ]);
    return ok({ items: items.map((session) => viewOf(session)), ...rest });
  },
});
