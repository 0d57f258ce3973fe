import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Message } from 'kafkajs';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import type { ObservedEvent } from '../rigs/clients/bus-observer.ts';
import { writeToBus } from '../rigs/clients/bus-writer.ts';
import { knowPeople } from '../rigs/clients/known-people.ts';
import { userCreated } from '../rigs/clients/made-up-events.ts';
import { type Order, Shop } from '../rigs/clients/shop.ts';
import { openStoredDocuments } from '../rigs/clients/stored-documents.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import type { TestStack } from '../rigs/stack/start-stack.ts';
import { ownStack, shortSessions } from './own-stack.ts';

/** The files in which mails are, drafts of mails among them. */
function filesOf({ dataDir }: TestStack): readonly string[] {
  try {
    return readdirSync(path.join(dataDir, 'mail'));
  } catch {
    return []; // nobody has sent anything yet
  }
}

async function send(stack: TestStack, messages: readonly Message[]): Promise<void> {
  await using bus = await writeToBus(stack.kafka);
  await bus.send('identity-events', messages);
}

/** Has so many people greeted, each in a boundary of their own. */
async function greet(stack: TestStack, shop: Shop, count: number): Promise<readonly string[]> {
  const people = Array.from({ length: count }, () => v7());
  await knowPeople(stack, shop.tenant, people);
  await send(
    stack,
    people.map((userId) => userCreated(shop, userId)),
  );
  return people;
}

async function sentEmails(stack: TestStack): Promise<readonly ObservedEvent[]> {
  await using bus = await stack.observe('notification-events');
  await bus.caughtUp();
  return [...bus.events('email.sent')];
}

/** Whose mail was told to be sent: once for each time that it was decided, however often the bus delivers that. */
async function toldOf(stack: TestStack, shop: Shop): Promise<readonly string[]> {
  const told = (await sentEmails(stack)).filter(({ envelope }) => envelope.tenantid === shop.tenant);
  return [...new Map(told.map(({ envelope }) => [envelope.id, envelope.partitionkey])).values()].map(String).toSorted();
}

async function undone(stack: TestStack, shop: Shop): Promise<number> {
  using documents = openStoredDocuments(stack);
  const deliveries = await documents.of(shop.tenant, 'notifications', 'email-delivery');
  return deliveries.filter(({ status }) => status !== 'sent').length;
}

/** When a process is killed: the n-th commit of notifications, a claim or a settling as it comes, written or not. */
const killedCommits = [
  { every: 3, applied: true },
  { every: 11, applied: false },
  { every: 60, applied: true },
  { every: 97, applied: false },
  { every: 131, applied: true },
] as const;

describe('a thousand effects', () => {
  it('a thousand mails are each there once and told once, although the process is killed at every step', async (test) => {
    const stack = await ownStack(test, { env: shortSessions });
    const shop = new Shop(stack);
    await stack.settled();
    const people = await greet(stack, shop, 1_000);
    for (const { every, applied } of killedCommits) {
      const kill = await stack.faults.fault({
        server: 'cosmos',
        operation: 'Batch',
        target: 'notifications',
        every,
        applied,
        times: 1,
        action: 'kill-functions',
      });
      await kill.happened();
    }
    // And between the provider and the commit, wherever that is just then.
    for (const more of [1, 40, 80]) {
      const sofar = filesOf(stack).length;
      await eventually(() => expect(filesOf(stack).length).toBeGreaterThanOrEqual(sofar + more), 60_000);
      await stack.faults.functions().crash();
    }
    await eventually(async () => {
      const told = await toldOf(stack, shop);
      expect(told.length).toBeGreaterThanOrEqual(people.length);
    }, 240_000);
    expect(await toldOf(stack, shop)).toEqual(people.toSorted());
    expect(await undone(stack, shop)).toBe(0);
    const files = filesOf(stack);
    expect(files.filter((name) => !name.endsWith('.eml'))).toEqual([]);
    expect(files).toHaveLength(people.length);
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
    expect(filesOf(stack)).toHaveLength(people.length);
  }, 120_000);
});

/** How the attempts of a process ended. */
async function attemptsOf(url: string): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(new URL('/metrics', url))).text();
  const lines = text.matchAll(/^lagerhaus_effect_attempts_total\{effect="send-email",result="(.+)"\} (\d+)$/gm);
  return new Map([...lines].map(([, result = '', count]) => [result, Number(count)]));
}

describe('a dead provider', () => {
  it('orders are confirmed and cancelled in time, and told, while no mail can be sent; the mail of each is sent once it is back', async (test) => {
    const stack = await ownStack(test, { env: { ORDER_HOLD: 'PT2S' } });
    const shop = new Shop(stack);
    const { sku } = await shop.sell({ quantity: 100 });
    await knowPeople(stack, shop.tenant, ['ann']);
    await stack.settled();
    const before = filesOf(stack).length;
    const folder = path.join(stack.dataDir, 'mail');
    rmSync(folder, { recursive: true, force: true });
    writeFileSync(folder, 'nobody can write a file in here');

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
      });
    }
    await eventually(async () => expect(await shop.stock(sku)).toMatchObject({ onHand: 100, reserved: 0 }));
    expect(before).toBeGreaterThanOrEqual(0);

    rmSync(folder);
    await eventually(() => expect(filesOf(stack)).toHaveLength(orders.length), 200_000);
    await stack.settled(30_000);
    expect(await undone(stack, shop)).toBe(0);
  }, 400_000);
});

interface Health {
  readonly dependencies: Readonly<Record<string, { readonly status: string; readonly detail?: string }>>;
}
