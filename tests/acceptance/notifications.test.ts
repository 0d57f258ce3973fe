import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, it } from 'vitest';
import { writeToBus } from '../rigs/clients/bus-writer.ts';
import { serviceDegraded } from '../rigs/clients/made-up-events.ts';
import type { Page, Problem, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

interface Notification {
  readonly id: string;
  readonly recipientId: string;
  readonly template: string;
  readonly subject: string;
  readonly body: string;
  readonly about: string;
  readonly sentAt: string;
  readonly readAt?: string;
}

let shop: Shop;
let sku: string;

beforeEach(async () => {
  shop = openShop();
  sku = (await shop.sell({ quantity: 10 })).sku;
});

it('a customer is notified once of each decision on their orders, the newest first', async () => {
  const bought = await shop.order({ [sku]: 2 }, { customerId: 'ann' });
  await shop.decided(bought.id);
  const refused = await shop.order({ [sku]: 11 }, { customerId: 'ann' });
  const { reason = '?' } = await shop.decided(refused.id);
  await (await shop.as('sales')).post(`/api/v1/orders/${bought.id}/cancel`, { reason: 'too dear' });

  const inbox = await eventually(async () => {
    const items = await notifications('?recipient=ann');
    expect(items).toHaveLength(3);
    return items;
  });
  expect(inbox).toEqual([
    notice(bought.id, 'cancelled', 'by the shop'),
    notice(refused.id, 'rejected', reason),
    notice(bought.id, 'confirmed', ''),
  ]);
});

it('a notice is also a mail, a file of its own, which is told once, and without its text and its address', async () => {
  await using bus = await sharedStack().observe('notification-events');
  const { userId } = await shop.as('customer', { sub: 'ann' });
  const { id } = await shop.order({ [sku]: 2 }, { customerId: userId });
  await shop.decided(id);
  await eventually(() => expect(mailsAbout(id)).toHaveLength(1));
  const [mail = ''] = mailsAbout(id);
  expect(mail).toContain('To: <ann@example.com>');
  expect(mail).toContain('Subject: Your order was confirmed');
  const emails = () =>
    bus
      .events('email.sent')
      .filter(({ envelope, key }) => key === `${shop.tenant}/${userId}` && envelope.subject.startsWith('delivery/'));
  await eventually(() => expect(emails()).toHaveLength(2));
  expect(emails()[1]?.envelope.data).toMatchObject({
    recipientId: userId,
    template: 'order-confirmed',
    provider: 'file',
  });
  for (const untold of ['was confirmed', 'ann@example.com']) expect(JSON.stringify(emails())).not.toContain(untold);
});

it("all notifications are listed together, each recipient's also alone", async () => {
  for (const customerId of ['ann', 'bob', 'ann']) {
    const { id } = await shop.order({ [sku]: 1 }, { customerId });
    await shop.decided(id);
    await eventually(async () => {
      const about = (await notifications('')).map((notification) => notification.about);
      expect(about).toContain(`order/${id}`);
    });
  }
  expect((await notifications('')).map(({ recipientId }) => recipientId)).toEqual(['ann', 'bob', 'ann']);
  expect((await notifications('?recipient=bob')).map(({ recipientId }) => recipientId)).toEqual(['bob']);
  expect(await notifications('?recipient=nobody')).toEqual([]);
});

it('notifications are listed page by page without gaps and repeats', async () => {
  const placed = await Promise.all(Array.from({ length: 5 }, () => shop.order({ [sku]: 1 }, { customerId: 'ann' })));
  const api = await shop.as('manager');
  for (const query of ['', '&recipient=ann']) {
    await eventually(async () => expect(await notifications(`?limit=100${query}`)).toHaveLength(5));
    const pages: (readonly Notification[])[] = [];
    let continuation: string | undefined = '';
    while (continuation !== undefined) {
      const from: string = continuation === '' ? '' : `&continuation=${continuation}`;
      const path = `/api/v1/notifications?limit=3${query}${from}`;
      const { body }: { body: Page<Notification> } = await api.get<Page<Notification>>(path);
      pages.push(body.items);
      continuation = body.continuation;
    }
    expect(pages.slice(0, -1).map(({ length }) => length)).toEqual(pages.slice(1).map(() => 3));
    const about = pages.flat().flatMap((one) => (one.template === 'welcome' ? [] : [one.about]));
    expect(about.toSorted()).toEqual(placed.map(({ id }) => `order/${id}`).toSorted());
  }
});

it('a customer sees their own notifications, named or not, and no others', async () => {
  const ann = await shop.as('customer', { sub: 'ann' });
  const { id } = await shop.order({ [sku]: 1 }, { customerId: ann.userId });
  await shop.order({ [sku]: 1 }, { customerId: 'bob' });
  await eventually(async () => expect(await notifications('')).toHaveLength(2));
  for (const query of ['', `?recipient=${ann.userId}`]) {
    const { body } = await ann.get<Page<Notification>>(`/api/v1/notifications${query}`);
    expect(body.items.map(({ about }) => about)).toEqual([`order/${id}`, `user/${ann.userId}`]);
  }
  const { status, body } = await ann.get<Problem>('/api/v1/notifications?recipient=bob');
  expect([status, body.type]).toEqual([403, '/problems/forbidden']);
});

/** What people were told, save that they are welcome: those who call the API here have registered. */
async function notifications(query: string): Promise<readonly Notification[]> {
  const api = await shop.as('manager');
  const { items } = (await api.get<Page<Notification>>(`/api/v1/notifications${query}`)).body;
  return items.filter(({ template }) => template !== 'welcome');
}

function notice(orderId: string, what: string, reason: string) {
  return {
    id: expect.any(String),
    recipientId: 'ann',
    template: `order-${what}`,
    subject: expect.stringContaining(what),
    body: expect.stringContaining(reason),
    about: `order/${orderId}`,
    sentAt: expect.any(String),
  };
}

it('a notification is marked as read by its recipient, once, and by nobody else', async () => {
  const ann = await shop.as('customer', { sub: 'ann' });
  const eve = await shop.as('customer', { sub: 'eve' });
  await shop.decided((await shop.order({ [sku]: 1 }, { customerId: ann.userId })).id);
  const [notification] = await eventually(async () => {
    const items = await notifications(`?recipient=${ann.userId}`);
    expect(items).toHaveLength(1);
    return items;
  });
  const path = `/api/v1/notifications/${notification?.id}/read`;
  expect((await eve.post(path)).status).toBe(404);
  expect((await eve.post(`${path}?recipient=${ann.userId}`)).status).toBe(403);
  const read = await ann.post<Notification>(path);
  expect([read.status, read.body]).toEqual([200, { ...notification, readAt: expect.any(String) }]);
  expect((await ann.post<Notification>(path)).body).toEqual(read.body);
  expect(await notifications(`?recipient=${ann.userId}`)).toEqual([read.body]);
});

it('what the inbox of a role has is read, and marked as read, by those who have it, and by nobody else', async () => {
  await using writer = await writeToBus(sharedStack().kafka);
  await writer.send('platform-events', [serviceDegraded(shop, 'orders')]);
  const operator = await shop.as('operator');
  const inbox = '/api/v1/notifications?recipient=role/operator';
  const notice = await eventually(async () => {
    const { body } = await operator.get<Page<Notification>>(inbox);
    expect(body.items).toHaveLength(1);
    return body.items[0];
  });
  expect(notice).toMatchObject({ template: 'service-health', subject: 'orders is degraded', about: 'service/orders' });
  const read = `/api/v1/notifications/${notice?.id}/read?recipient=role/operator`;
  for (const role of ['manager', 'sales', 'customer'] as const) {
    const other = await shop.as(role);
    expect((await other.get<Problem>(inbox)).body.detail).toContain('for those who are operator');
    expect((await other.post(read)).status).toBe(403);
    expect((await other.get<Page<Notification>>('/api/v1/notifications')).body.items).not.toContainEqual(notice);
  }
  expect((await operator.post<Notification>(read)).body.readAt).toEqual(expect.any(String));
  expect((await operator.get<Problem>('/api/v1/notifications?recipient=role/nobody')).status).toBe(422);
});

/** The mails that name an order. */
function mailsAbout(orderId: string): readonly string[] {
  const { mailFolder = '' } = sharedStack();
  const files = readdirSync(mailFolder).filter((name) => name.endsWith('.eml'));
  const mails = files.map((name) => readFileSync(path.join(mailFolder, name), 'utf8'));
  return mails.filter((mail) => mail.replaceAll('=\r\n', '').includes(orderId));
}
