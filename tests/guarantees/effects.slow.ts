import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Message } from 'kafkajs';
import { v7 } from 'uuid';
import { describe, expect, it, type TestContext } from 'vitest';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import type { ObservedEvent } from '../rigs/clients/bus-observer.ts';
import { writeToBus } from '../rigs/clients/bus-writer.ts';
import { knowPeople, knowWishes } from '../rigs/clients/known-people.ts';
import { userCreated } from '../rigs/clients/made-up-events.ts';
import { type Order, Shop } from '../rigs/clients/shop.ts';
import { openStoredDocuments } from '../rigs/clients/stored-documents.ts';
import { type MailServer, startMailServer } from '../rigs/providers/mail-server.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import type { TestStack } from '../rigs/stack/start-stack.ts';
import { ownStack, shortSessions } from './own-stack.ts';

/** A mail server of the test's own, and the settings by which mails go to it. */
async function mailServer({ onTestFinished }: TestContext) {
  const server = await startMailServer();
  onTestFinished(() => server.close());
  const ofSender = { MAIL_PROVIDER: 'smtp', MAIL_SENDER: 'shop@lagerhaus.example' };
  return { server, env: { ...ofSender, SMTP_HOST: '127.0.0.1', SMTP_PORT: String(server.port), SMTP_TLS: 'off' } };
}

/** How often the server took each mail. */
function copiesOf({ taken }: MailServer): readonly number[] {
  return [...Map.groupBy(taken, ({ messageId }) => messageId).values()].map(({ length }) => length);
}

/** The files in which mails or text messages are, drafts among them. */
function filesOf({ dataDir }: TestStack, folder: 'mail' | 'sms'): readonly string[] {
  try {
    return readdirSync(path.join(dataDir, folder));
  } catch {
    return []; // nobody has sent anything yet
  }
}

async function send(stack: TestStack, messages: readonly Message[]): Promise<void> {
  await using bus = await writeToBus(stack.kafka);
  await bus.send('identity-events', messages);
}

/** Has so many people greeted, each in a boundary of their own: by e-mail, and by text message where they wish. */
async function greet(
  stack: TestStack,
  shop: Shop,
  count: number,
  sms: readonly string[] = [],
): Promise<readonly string[]> {
  const people = Array.from({ length: count }, () => v7());
  await knowPeople(stack, shop.tenant, people);
  await knowWishes(stack, shop.tenant, people, { email: ['welcome'], sms });
  await send(
    stack,
    people.map((userId) => userCreated(shop, userId)),
  );
  return people;
}

async function sent(stack: TestStack, type: string): Promise<readonly ObservedEvent[]> {
  await using bus = await stack.observe('notification-events');
  await bus.caughtUp();
  return [...bus.events(type)];
}

/** To whom something was told to be sent: once for each time that it was decided, however often the bus delivers that. */
async function toldOf(stack: TestStack, shop: Shop, type = 'email.sent'): Promise<readonly string[]> {
  const told = (await sent(stack, type)).filter(({ envelope }) => envelope.tenantid === shop.tenant);
  return [...new Map(told.map(({ envelope }) => [envelope.id, envelope.partitionkey])).values()].map(String).toSorted();
}

async function undone(stack: TestStack, shop: Shop): Promise<number> {
  using documents = openStoredDocuments(stack);
  const mails = await documents.of(shop.tenant, 'notifications', 'email-delivery');
  const texts = await documents.of(shop.tenant, 'notifications', 'sms-delivery');
  const all = [...mails, ...texts];
  return all.filter(({ status }) => status !== 'sent').length;
}

/** When a process is killed: the n-th commit of notifications as it comes, written or not, or the n-th that claims several in one request. */
const killedCommits = [
  { operation: 'Batch', every: 3, applied: true },
  { operation: 'Bulk', part: 'Replace', every: 2, applied: false },
  { operation: 'Batch', every: 60, applied: true },
  { operation: 'Bulk', part: 'Replace', every: 3, applied: true },
  { operation: 'Batch', every: 97, applied: false },
] as const;

/** And between the provider and the commit, wherever that is just then: after so many more. */
const killedAfter = [1, 40, 80] as const;

/** Side by side, for the waiting in them: each has a stack of its own. */
describe.concurrent('deliveries in trouble', () => {
  it('a thousand deliveries are told once, although the process is killed at every step: a text by file is there once, a mail by SMTP at most once more for each crash, as the same mail', async (test) => {
    const { server, env } = await mailServer(test);
    const stack = await ownStack(test, { env: { ...shortSessions, ...env } });
    const shop = new Shop(stack);
    await stack.settled();
    const people = await greet(stack, shop, 500, ['welcome']);
    for (const commit of killedCommits) {
      const ofNotifications = { server: 'cosmos', target: 'notifications', times: 1 } as const;
      const kill = await stack.faults.fault({ ...ofNotifications, ...commit, action: 'kill-functions' });
      await kill.happened();
    }
    const out = () => server.taken.length + filesOf(stack, 'sms').length;
    for (const more of killedAfter) {
      const sofar = out();
      await eventually(() => expect(out()).toBeGreaterThanOrEqual(sofar + more), 60_000);
      await stack.faults.functions().crash();
    }
    for (const type of ['email.sent', 'sms.sent']) {
      await eventually(async () => {
        const told = await toldOf(stack, shop, type);
        expect(told.length).toBeGreaterThanOrEqual(people.length);
      }, 240_000);
      expect(await toldOf(stack, shop, type)).toEqual(people.toSorted());
    }
    expect(await undone(stack, shop)).toBe(0);
    const texts = filesOf(stack, 'sms');
    expect(texts.filter((name) => !name.endsWith('.txt'))).toEqual([]);
    expect(texts).toHaveLength(people.length);
    const [crashes, copies] = [killedCommits.length + killedAfter.length, copiesOf(server)];
    expect(copies).toHaveLength(people.length);
    expect(Math.max(...copies)).toBeLessThanOrEqual(1 + crashes);
    // Eight mails are under way at once: so many a crash leaves open.
    expect(server.taken.length - copies.length).toBeLessThanOrEqual(8 * crashes);
    for (const same of Map.groupBy(server.taken, ({ messageId }) => messageId).values())
      expect(new Set(same.map(({ text }) => text)).size).toBe(1);
  }, 400_000);

  it('orders are confirmed and cancelled in time, and told, while no mail can be sent; the mail of each is sent once it is back', async (test) => {
    const { server, env } = await mailServer(test);
    const stack = await ownStack(test, { env: { ORDER_HOLD: 'PT2S', ...env } });
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 100 });
    await knowPeople(stack, shop.tenant, ['ann']);
    await stack.settled();
    // Worse than nobody there: whoever comes waits for a greeting until they give up.
    server.trouble = { at: 'greeting', kind: 'never-answers' };

    const orders: Order[] = [];
    const anonymous = new ApiClient(stack.url);
    for (const _ of ['round', 'another', 'another', 'another']) {
      const placed = await Promise.all(
        Array.from({ length: 20 }, () => shop.order({ [sku]: 1 }, { customerId: 'ann' })),
      );
      for (const { id } of placed) {
        const cancelled = await eventually(async () => {
          const order = await shop.orderNow(id);
          expect(order.status).toBe('cancelled');
          return order;
        }, 30_000);
        expect(cancelled.reason).toBe('not-shipped');
        orders.push(cancelled);
      }
      await eventually(async () => {
        const { providers } = bodyOf(await anonymous.get<Health>('/health/notifications'), 200).dependencies;
        expect(providers).toMatchObject({ status: 'degraded', detail: expect.stringContaining('send-email') });
      }, 30_000);
    }
    await eventually(async () => expect(await shop.stock(sku)).toMatchObject({ onHand: 100, reserved: 0 }));
    expect(server.taken).toEqual([]);

    server.trouble = undefined;
    await eventually(() => expect(server.taken).toHaveLength(orders.length), 200_000);
    await stack.settled(30_000);
    expect(await undone(stack, shop)).toBe(0);
    expect(copiesOf(server)).toHaveLength(orders.length);
  }, 400_000);
});

describe('two instances', () => {
  it('two instances side by side perform each effect once between them', async (test) => {
    const stack = await ownStack(test);
    const shop = new Shop(stack);
    const second = await stack.faults.functions('second').start();
    await stack.settled();
    const people = await greet(stack, shop, 300);
    await eventually(async () => expect(await toldOf(stack, shop)).toHaveLength(people.length), 60_000);
    const attempts = await Promise.all([stack.url, second].map(attemptsOf));
    const sum = (result: string) => attempts.reduce((total, counts) => total + (counts.get(result) ?? 0), 0);
    expect(sum('done')).toBe(people.length);
    expect([...new Set(attempts.flatMap((counts) => [...counts.keys()]))]).toEqual(['done']);
    expect(filesOf(stack, 'mail')).toHaveLength(people.length);
  }, 120_000);
});

/** How the attempts of a process ended. */
async function attemptsOf(url: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const lines = text.matchAll(/^lagerhaus_effect_attempts_total\{effect="send-email",result="(.+)"\} (\d+)$/gm);
  return new Map([...lines].map(([, result = '', count]) => [result, Number(count)]));
}

interface Health {
  readonly dependencies: Readonly<Record<string, { readonly status: string; readonly detail?: string }>>;
}
