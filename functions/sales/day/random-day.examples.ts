import fc from 'fast-check';
import { PosTransaction } from '../../../shared/events/contracts/pos-transaction.ts';
import type { DataOf, DomainEvent } from '../../../shared/events/define-event.ts';
import { plusDays } from '../../../shared/local-date.ts';
import { part, sum } from '../../../shared/money.ts';
import { refundOf } from '../money/refund-pieces.ts';
import { roundedCash } from '../money/settlement.ts';
import { bookingOf, refund } from '../refund/refund.ts';
import { cancel, voiding } from '../sale/cancel.ts';
import { complete, park, type RungUp, settlementOf } from '../sale/ring-up.ts';
import { Sale, type SaleState } from '../sale/sale.ts';
import { closeSession } from '../session/closing.ts';
import { bookCash, bookRefund, bookSale, bookVoid, expectedOf } from '../session/journal.ts';
import { openSession } from '../session/opening.ts';
import { Session, type SessionState } from '../session/session.ts';
import { lateOpening } from '../session/session-for-sale.ts';
import { type TillsState, tillOf, withClosed, withLate, withOpened } from '../session/tills.ts';
import type { ShopState } from '../shop/shop.ts';

export type Transaction = DataOf<typeof PosTransaction>;

const registers = ['1', '2'];
const rates = [1_900, 700, 1_050, 0];
const firstDay = '2026-11-22';
const by = 'user-1';

const register = fc.constantFrom(...registers);
const pick = fc.nat(1_000);
const goods = fc.array(
  fc.record({
    unitPrice: fc.integer({ min: 0, max: 20_000 }),
    quantity: fc.integer({ min: 1, max: 7 }),
    /** Of a thousand. */
    off: fc.constantFrom(0, 0, 0, 33, 250, 1_000),
    taxRate: fc.constantFrom(...rates),
  }),
  { minLength: 1, maxLength: 4 },
);
/** Which part of a total is not paid in cash, of ten. */
const card = fc.constantFrom(0, 0, 3, 10);

/** Something that happens at a till, or nothing where it cannot. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant('open' as const), register, cash: fc.nat(50_000) }) },
  {
    weight: 9,
    arbitrary: fc.record({ does: fc.constant('sell' as const), register, goods, card, isLate: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('park' as const), register, goods }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('pay' as const), pick, card }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('give-up' as const), pick }) },
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('refund' as const),
      register,
      pick,
      pieces: fc.integer({ min: 1, max: 7 }),
      card,
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('void' as const), pick }) },
  {
    weight: 2,
    arbitrary: fc.record({
      does: fc.constantFrom('paid-in' as const, 'paid-out' as const),
      register,
      amount: fc.integer({ min: 1, max: 9_000 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ does: fc.constant('close' as const), register, off: fc.integer({ min: -50, max: 50 }) }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('midnight' as const) }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Some days of a shop with two tills and four tax rates. */
export const steps = fc.record({
  smallestCoin: fc.constantFrom(1 as const, 5 as const, 10 as const),
  steps: fc.array(step, { minLength: 40, maxLength: 160 }),
});

/** What came of it. */
export class RandomDay {
  readonly sessions = new Map<string, SessionState>();
  readonly sales = new Map<string, SaleState>();
  readonly journal: Transaction[] = [];
  /** The sequence of each transaction in its session, as events have it. */
  readonly sequences: { readonly sessionId: string; readonly sequence: number }[] = [];
  readonly receipts: { readonly sessionId: string; readonly number: string }[] = [];
  readonly #versions = new Map<string, number>();
  readonly #shop: ShopState;
  #tills: TillsState = { tills: [] };
  #day = firstDay;
  #ids = 0;

  constructor(smallestCoin: 1 | 5 | 10) {
    this.#shop = {
      shopId: 'berlin',
      location: 'berlin',
      name: 'Berlin',
      timeZone: 'UTC',
      registers,
      taxRates: [{ name: 'standard', history: [{ rate: 1_900 }] }],
      defaultTax: 'standard',
      cashRounding: smallestCoin,
      status: 'open',
    };
  }

  take(step: Step): void {
    if (step.does === 'midnight') this.#day = plusDays(this.#day, 1);
    else if (step.does === 'open') this.#open(step.register, step.cash);
    else if (step.does === 'sell') this.#sell(step);
    else if (step.does === 'park') this.#park(step);
    else if (step.does === 'pay') this.#pay(step);
    else if (step.does === 'give-up') this.#giveUp(step.pick);
    else if (step.does === 'refund') this.#refund(step);
    else if (step.does === 'void') this.#void(step.pick);
    else if (step.does === 'close') this.#close(step.register, step.off);
    else this.#moveCash(step);
  }

  #open(register: string, openingCash: number): void {
    if (this.#openAt(register) !== undefined) return;
    const sessionId = this.#id();
    const said = { register, openingCash, sessionId, at: this.#now, by };
    this.#record(sessionId, openSession(this.#shop, this.#tills, said));
    this.#tills = withOpened(this.#tills, { register, sessionId });
  }

  #sell({ register, goods, card, isLate }: Extract<Step, { does: 'sell' }>): void {
    const open = this.#openAt(register);
    const closed = [...this.sessions.values()].find((one) => one.register === register && one.status === 'closed');
    const named = isLate ? closed : open;
    if (named === undefined) return;
    const session = isLate ? this.#late(named) : named;
    const saleId = this.#id();
    this.#complete(saleId, session, this.#rungUp(saleId, session, goods), card);
    const [last] = this.journal.slice(-1);
    if (isLate) this.#tills = withLate(this.#tills, register, last?.payments ?? []);
  }

  #park({ register, goods }: Extract<Step, { does: 'park' }>): void {
    const session = this.#openAt(register);
    if (session === undefined) return;
    const saleId = this.#id();
    this.#change(saleId, park(undefined, this.#rungUp(saleId, session, goods)));
  }

  #pay({ pick, card }: Extract<Step, { does: 'pay' }>): void {
    const sale = this.#oneOf('open', pick);
    if (sale === undefined) return;
    const { shopId, saleId, location, register, businessDay, sessionId, soldAt, lines, total } = sale;
    const rungUp = { shopId, saleId, location, register, businessDay, sessionId, soldAt, lines, total, by };
    this.#complete(saleId, this.#session(sessionId), rungUp, card);
  }

  #giveUp(pick: number): void {
    const sale = this.#oneOf('open', pick);
    if (sale !== undefined) this.#change(sale.saleId, cancel(sale, { reasonCode: 'changed-mind', by, at: this.#now }));
  }

  #refund({ register, pick, pieces, card }: Extract<Step, { does: 'refund' }>): void {
    const [session, sale] = [this.#openAt(register), this.#oneOf('completed', pick)];
    const left = sale?.lines.filter(({ quantity, refunded }) => quantity > refunded) ?? [];
    const line = left[pick % Math.max(1, left.length)];
    if (session === undefined || sale === undefined || line === undefined) return;
    const quantity = Math.min(pieces, line.quantity - line.refunded);
    const payments = this.#payments(refundOf(line, quantity), card);
    const of = { refundId: this.#id(), sessionId: session.sessionId, payments, reasonCode: 'wrong-item' };
    const refunded = refund(
      sale,
      { ...of, lines: [{ line: line.line, quantity, restock: true }] },
      { smallestCoin: this.#shop.cashRounding, isAnyMethodRight: true, by, at: this.#now },
    );
    this.#record(session.sessionId, bookRefund(session, bookingOf(sale, refunded)));
    this.#change(sale.saleId, [refunded]);
  }

  #void(pick: number): void {
    const sale = this.#oneOf('completed', pick);
    if (sale === undefined || sale.refunds.length > 0) return;
    const session = this.#session(sale.sessionId);
    if (session.status !== 'open') return;
    this.#record(session.sessionId, bookVoid(session, voiding(sale, this.#now)));
    this.#change(sale.saleId, cancel(sale, { reasonCode: 'wrong-item', by, at: this.#now }));
  }

  #moveCash({ register, does: kind, amount }: Extract<Step, { does: 'paid-in' | 'paid-out' }>): void {
    const session = this.#openAt(register);
    if (session === undefined) return;
    this.#record(session.sessionId, bookCash(session, { movementId: this.#id(), kind, amount, at: this.#now }));
  }

  #close(register: string, off: number): void {
    const session = this.#openAt(register);
    if (session === undefined) return;
    const parked = [...this.sales.values()].filter(
      ({ status, sessionId }) => status === 'open' && sessionId === session.sessionId,
    );
    if (parked.length > 0) return;
    const cash = Math.max(0, expectedOf(session).cash + off);
    const said = { counted: { cash }, takenOut: part(cash, 1, 2) };
    const events = closeSession(session, said, { parked: [], differenceLimit: undefined, at: this.#now, by });
    this.#record(session.sessionId, events);
    this.#tills = withClosed(this.#tills, this.#session(session.sessionId));
  }

  #complete(saleId: string, session: SessionState, rungUp: RungUp, card: number): void {
    const payments = this.#payments(rungUp.total, card);
    const settlement = settlementOf(rungUp, payments, this.#shop.cashRounding);
    const { events, receiptNumber } = bookSale(session, settlement.booking);
    this.#record(session.sessionId, events);
    this.receipts.push({ sessionId: session.sessionId, number: receiptNumber });
    this.#change(saleId, complete(this.sales.get(saleId), rungUp, { ...settlement, receiptNumber, flags: [] }));
  }

  #rungUp(saleId: string, session: SessionState, goods: Extract<Step, { does: 'park' }>['goods']): RungUp {
    const { shopId, location, register, businessDay, sessionId } = session;
    const lines = goods.map(({ unitPrice, quantity, off, taxRate }, index) => {
      const discount = part(unitPrice * quantity, off, 1_000);
      return { line: index + 1, itemId: `ITEM-${index}`, quantity, unitPrice, discount, taxRate };
    });
    const total = sum(lines.map(({ unitPrice, quantity, discount }) => unitPrice * quantity - discount));
    return { shopId, location, register, businessDay, sessionId, saleId, lines, total, soldAt: this.#now, by };
  }

  #payments(total: number, tenths: number) {
    const byCard = part(total, tenths, 10);
    const cash = roundedCash(total - byCard, this.#shop.cashRounding);
    return [
      ...(byCard === 0 ? [] : [{ method: 'card' as const, amount: byCard }]),
      ...(tenths === 10 ? [] : [{ method: 'cash' as const, amount: cash }]),
    ];
  }

  #late(closed: SessionState): SessionState {
    const begun = lateOpening(closed, { by, at: this.#now });
    const { sessionId } = begun.data;
    if (!this.sessions.has(sessionId)) this.#record(sessionId, [begun]);
    return this.#session(sessionId);
  }

  #record(sessionId: string, events: readonly DomainEvent[]): void {
    for (const event of events) {
      const sequence = (this.#versions.get(sessionId) ?? 0) + 1;
      this.#versions.set(sessionId, sequence);
      this.sessions.set(sessionId, Session.apply(this.sessions.get(sessionId), event));
      if (event.type !== PosTransaction.type) continue;
      PosTransaction.check(event.data);
      const read = PosTransaction.read(event.data, PosTransaction.version);
      this.journal.push(read.data as Transaction);
      this.sequences.push({ sessionId, sequence });
    }
  }

  #change(saleId: string, events: readonly DomainEvent[]): void {
    for (const event of events) this.sales.set(saleId, Sale.apply(this.sales.get(saleId), event));
  }

  #openAt(register: string): SessionState | undefined {
    const { openSession: id } = tillOf(this.#tills, register);
    return id === undefined ? undefined : this.#session(id);
  }

  #session(id: string): SessionState {
    const session = this.sessions.get(id);
    if (session === undefined) throw new Error(`there is no session ${id}`);
    return session;
  }

  #oneOf(status: SaleState['status'], pick: number): SaleState | undefined {
    const found = [...this.sales.values()].filter((sale) => sale.status === status);
    return found[pick % Math.max(1, found.length)];
  }

  #id(): string {
    this.#ids += 1;
    return `id-${this.#ids}`;
  }

  get #now(): string {
    return `${this.#day}T12:00:00.000Z`;
  }
}
