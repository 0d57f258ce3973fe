import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import type { Page, Problem, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

interface Delivery {
  readonly id: string;
  readonly notificationId: string;
  readonly recipientId: string;
  readonly channel: string;
  readonly template: string;
  readonly status: string;
  readonly reason?: string;
  readonly address?: string;
}

interface Preferences {
  readonly email: readonly string[];
  readonly sms: readonly string[];
  readonly language: string;
}

const preferencesPath = '/api/v1/notifications/preferences';
const usual: Preferences = {
  email: ['welcome', 'new-device', 'order-confirmed', 'order-rejected', 'order-shipped', 'campaign'],
  sms: ['out-for-delivery'],
  language: 'en',
};

let shop: Shop;
let sku: string;
let operator: ApiClient;

beforeEach(async () => {
  shop = openShop();
  sku = (await shop.sell({ quantity: 100 })).sku;
  operator = await shop.as('operator');
});

async function deliveries(query: string): Promise<readonly Delivery[]> {
  return bodyOf(await operator.get<Page<Delivery>>(`/api/v1/deliveries${query}`), 200).items;
}

/** What became of those deliveries, once there are so many. */
function settled(query: string, count: number): Promise<readonly Delivery[]> {
  return eventually(async () => {
    const items = await deliveries(query);
    expect(items).toHaveLength(count);
    expect(items.filter(({ status }) => status === 'due')).toEqual([]);
    return items;
  });
}

/** The text messages that name an order. */
function textsAbout(orderId: string): readonly string[] {
  const { smsFolder = '' } = sharedStack();
  const files = readdirSync(smsFolder).filter((name) => name.endsWith('.txt'));
  return files.map((name) => readFileSync(path.join(smsFolder, name), 'utf8')).filter((text) => text.includes(orderId));
}

describe('preferences of notifications', () => {
  it('somebody sees and sets of what they hear by which channel, and nobody else does', async () => {
    const ann = await shop.as('customer', { sub: 'ann' });
    const bob = await shop.as('customer', { sub: 'bob' });
    expect(bodyOf(await ann.get<Preferences>(preferencesPath), 200)).toEqual(usual);
    const wanted = { email: ['order-cancelled', 'order-cancelled'], sms: ['order-confirmed'], language: 'de' };
    const set = await ann.put<Preferences>(preferencesPath, wanted);
    const kept = { ...wanted, email: ['order-cancelled'] };
    expect(bodyOf(set, 200)).toEqual(kept);
    expect((await ann.get<Preferences>(preferencesPath)).body).toEqual(kept);
    expect((await bob.get<Preferences>(preferencesPath)).body).toEqual(usual);
  });

  it('a topic and a language that there are not are refused by name', async () => {
    const ann = await shop.as('customer', { sub: 'ann' });
    for (const [wrong, named] of [
      [{ ...usual, email: ['gossip'] }, 'email'],
      [{ ...usual, sms: 'all' }, 'sms'],
      [{ ...usual, language: 'tlh' }, 'language'],
      [{ email: [], sms: [] }, 'language'],
      [{ ...usual, post: [] }, 'post'],
    ] as const) {
      const { status, body } = await ann.put<Problem>(preferencesPath, wrong);
      expect([status, body.type]).toEqual([422, '/problems/invalid-body']);
      expect(JSON.stringify(body)).toContain(named);
    }
  });
});

describe('deliveries', () => {
  it('whoever registers is welcomed in their inbox and by one mail, and operators see where it went without the address', async () => {
    const { userId } = await shop.as('customer', { sub: 'ann' });
    const [welcome] = await settled(`?recipient=${userId}`, 1);
    expect(welcome).toMatchObject({
      recipientId: userId,
      channel: 'email',
      template: 'welcome',
      status: 'sent',
      provider: 'file',
      address: 'a…@example.com',
    });
    expect(welcome?.id).toBe(`${welcome?.notificationId}:email`);
    expect(JSON.stringify(welcome)).not.toContain('ann@example.com');
  });

  it('deliveries are listed by recipient, status and channel, page by page, the newest first', async () => {
    const ann = await shop.as('customer', { sub: 'ann' });
    bodyOf(await ann.put(preferencesPath, { ...usual, sms: ['order-confirmed'] }), 200);
    await settled(`?recipient=${ann.userId}`, 1);
    for (const customerId of [ann.userId, 'CUST-123', ann.userId])
      await shop.decided((await shop.order({ [sku]: 1 }, { customerId })).id);
    expect((await settled(`?recipient=${ann.userId}`, 5)).map(({ template }) => template)).toEqual([
      ...Array.from({ length: 4 }, () => 'order-confirmed'),
      'welcome',
    ]);
    const failed = [
      ['CUST-123', 'email', 'no-address'],
      [ann.userId, 'sms', 'no-address'],
      [ann.userId, 'sms', 'no-address'],
    ];
    await eventually(async () => {
      const found = (await deliveries('?status=failed')).map(({ recipientId, channel, reason }) => [
        recipientId,
        channel,
        reason,
      ]);
      expect(found.toSorted()).toEqual(failed.toSorted());
    });
    expect(await deliveries('?status=failed&channel=sms')).toHaveLength(2);
    expect(await deliveries('?recipient=CUST-123&status=sent')).toEqual([]);
    for (const query of ['channel=sms&', `recipient=${ann.userId}&`, 'status=sent&']) {
      const whole = await shop.all<Delivery>(`/api/v1/deliveries?${query.slice(0, -1)}`);
      const parts: Delivery[] = [];
      let from = '';
      do {
        const page = bodyOf(await operator.get<Page<Delivery>>(`/api/v1/deliveries?${query}limit=2${from}`), 200);
        parts.push(...page.items);
        from = page.continuation === undefined ? '' : `&continuation=${page.continuation}`;
      } while (from !== '');
      expect(parts).toEqual(whole);
      expect(parts.map(({ id }) => id)).toEqual(
        parts
          .map(({ id }) => id)
          .toSorted()
          .toReversed(),
      );
    }
  });

  it('a text message that failed for want of a telephone is sent once there is one and an operator asks for it, and not once more', async () => {
    const ann = await shop.as('customer', { sub: 'ann' });
    bodyOf(await ann.put(preferencesPath, { email: [], sms: ['order-confirmed'], language: 'de' }), 200);
    const { id: orderId } = await shop.order({ [sku]: 1 }, { customerId: ann.userId });
    await shop.decided(orderId);
    const ours = `?recipient=${ann.userId}&channel=sms`;
    const [failed] = await settled(ours, 1);
    expect(failed).toMatchObject({ status: 'failed', reason: 'no-address' });
    bodyOf(await ann.patch('/api/v1/users/me', { phone: '+49 (170) 123-4567' }), 200);
    const retry = () => operator.post<Delivery & Problem>(`/api/v1/deliveries/${failed?.id}/retry`);
    expect((await (await shop.as('manager')).post(`/api/v1/deliveries/${failed?.id}/retry`)).status).toBe(403);
    expect(bodyOf(await retry(), 200)).toMatchObject({ id: failed?.id, status: 'due', address: '+49…67' });
    const [sent] = await settled(ours, 1);
    expect(sent).toMatchObject({ status: 'sent', provider: 'file' });
    expect(textsAbout(orderId)).toEqual([
      expect.stringMatching(/^To: \+491701234567\n[\s\S]*Bestellung .* ist bestätigt: /),
    ]);
    const again = await retry();
    expect([again.status, again.body.type]).toEqual([409, '/problems/already-sent']);
    const elsewhere = await openShop().as('operator');
    expect((await elsewhere.post(`/api/v1/deliveries/${failed?.id}/retry`)).status).toBe(404);
  });

  it('the deliveries and preferences of somebody who is deleted are gone within moments', async () => {
    const ann = await shop.as('customer', { sub: 'ann' });
    bodyOf(await ann.put(preferencesPath, usual), 200);
    await settled(`?recipient=${ann.userId}`, 1);
    expect((await (await shop.as('admin')).delete(`/api/v1/users/${ann.userId}`)).status).toBe(204);
    await eventually(async () => {
      expect(await deliveries(`?recipient=${ann.userId}`)).toEqual([]);
      expect((await deliveries('?status=sent')).filter(({ recipientId }) => recipientId === ann.userId)).toEqual([]);
    });
  });
});
