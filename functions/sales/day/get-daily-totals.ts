import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { DeviceId } from '../../../shared/events/contracts/pos-transaction.ts';
import { RegisterName } from '../../../shared/events/contracts/sales.ts';
import { ok } from '../../../shared/http/answer.ts';
import { LocalDate } from '../../../shared/local-date.ts';
import { SignedTotal } from '../../../shared/money.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { Session, type SessionState, SessionStatus } from '../session/session.ts';
import {
  ByMethodView,
  CountedView,
  CounterView,
  DifferenceView,
  SalesView,
  TaxTotalView,
} from '../session/session-view.ts';
import { shopBoundary } from '../shop/shop.ts';
import { readShop, ShopPath } from '../shop/shop-path.ts';
import { dailyTotals } from './daily-totals.ts';

const DailyTotals = z
  .object({
    day: LocalDate,
    sales: SalesView,
    refunds: CounterView,
    voids: CounterView,
    net: SignedTotal.describe('Sales without refunds and voids'),
    tax: z.array(TaxTotalView).describe('Of what was sold, without what came back'),
    rounding: SignedTotal,
    payments: ByMethodView.describe('What sales brought in, without what refunds and voids took'),
    sessions: z.array(
      z.object({
        sessionId: DeviceId,
        register: RegisterName,
        status: SessionStatus,
        expected: ByMethodView,
        counted: CountedView.optional(),
        difference: DifferenceView.optional(),
      }),
    ),
  })
  .meta({
    id: 'DailyTotals',
    example: {
      day: '2026-11-22',
      sales: { count: 3, gross: 79.27 },
      refunds: { count: 1, amount: 12.49 },
      voids: { count: 0, amount: 0 },
      net: 66.78,
      tax: [
        { rate: 19, gross: 61.78, tax: 9.86 },
        { rate: 7, gross: 5, tax: 0.33 },
      ],
      rounding: 0,
      payments: { cash: 37.88, card: 28.9, voucher: 0 },
      sessions: [
        {
          sessionId: '0d8e7c3a-5c0e-4a51-9a51-1f6a7d6f0a11',
          register: '1',
          status: 'closed',
          expected: { cash: 167.88, card: 28.9, voucher: 0 },
          counted: { cash: 167.8 },
          difference: { cash: -0.08 },
        },
      ],
    },
  });

export const getDailyTotals = endpoint({
  name: 'get-daily-totals',
  summary: 'Adds up a business day of a shop, to the cent, as it stands now',
  method: 'GET',
  route: 'shops/{shopId}/daily-totals',
  roles: ['sales', 'manager', 'auditor'],
  params: ShopPath,
  query: z.strictObject({ day: LocalDate }),
  answers: { 200: DailyTotals },
  async handle({ params: { shopId }, query: { day }, reader }) {
    const [sessions] = await Promise.all([sessionsOf(reader, shopId, day), readShop(reader, shopId)]);
    return ok({ day, ...dailyTotals(sessions) });
  },
});

const mostAtOnce = 500;

/** All of them, in one request as a rule: a day has some dozens. */
async function sessionsOf(reader: Reader, shopId: string, businessDay: LocalDate): Promise<readonly SessionState[]> {
  const sessions: SessionState[] = [];
  const list = { order: 'ascending', sortedBy: 'openedAt', sortedWithin: 'businessDay', limit: mostAtOnce } as const;
  let behind = {};
  for (;;) {
    const found = await reader.list(Session, shopBoundary(shopId), { ...list, where: { businessDay }, ...behind });
    sessions.push(...found.map(({ state }) => state));
    const last = found.at(-1);
    if (last === undefined || found.length < mostAtOnce) return sessions;
    behind = { after: last.id, afterValue: last.state.openedAt };
  }
}
