import { firstAnswer } from '../../first-answer.ts';
import { type DemoCall, demoCaller } from './demo-caller.ts';
import { demoShop, type TillRequest, tradingDay, tradingDays } from './trading-day.ts';

const shop = `/api/v1/shops/${demoShop.shopId}`;

/** What the shop begins with: more than it sells. */
const delivered = { 'ITEM-001': 500, 'ITEM-002': 100 };

/** How long a price may take to arrive where tills ask for it. */
const limitMs = 20_000;

/**
 * Has the shop of the demo trade for the six days until yesterday, as its tills would send them: beside whatever else happens, since
 * nobody waits for it. What is there already stays, so on later starts only days that are missing are added.
 *
 * @throws Error when a route answers otherwise than it should.
 */
export async function makeTradingWeek(url: string, adminToken: string, stop: AbortSignal): Promise<void> {
  const call = demoCaller(url, adminToken);
  const days = tradingDays(new Date());
  if (!(await isOpen(call)) || (await hasTraded(call, days.at(-1)))) return;
  for (const register of demoShop.registers)
    for (const request of days.flatMap((day) => tradingDay(day, register))) {
      if (stop.aborted) return;
      await send(call, request);
    }
}

/** Opens the shop, and has goods delivered to it; false where the app runs without sales or without stock. */
async function isOpen(call: DemoCall): Promise<boolean> {
  const opened = await call('POST', '/api/v1/shops', demoShop);
  if (opened.status !== 201 && opened.status !== 409) return false;
  for (const [itemId, quantity] of Object.entries(delivered)) {
    const location = demoShop.shopId;
    const { status } = await call('GET', `/api/v1/inventory/${itemId}?location=${location}`);
    if (status === 200) continue;
    const received = await call('POST', `/api/v1/inventory/${itemId}/receive`, { quantity, location });
    if (received.status !== 200) return false;
  }
  return true;
}

async function hasTraded(call: DemoCall, day: string | undefined): Promise<boolean> {
  const { text } = await call('GET', `${shop}/sessions?day=${day}&status=closed`);
  return text.includes(`"${day}"`);
}

async function send(call: DemoCall, { method, route, body }: TillRequest): Promise<void> {
  const answer = await firstAnswer(
    async () => {
      const { status, text } = await call(method, `${shop}/${route}`, body);
      // The tills have not heard of the product yet.
      return text.includes('/problems/unknown-item') ? undefined : { status, text };
    },
    { limitMs, pauseMs: 50 },
  );
  if (answer === undefined || answer.status >= 300)
    throw new Error(`${method} ${route} of the demo shop was answered ${answer?.status}: ${answer?.text}`);
}
