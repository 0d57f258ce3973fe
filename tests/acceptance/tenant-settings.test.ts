import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, type ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { customersPath, register } from '../rigs/clients/customers.ts';
import type { Page, Problem, Shop } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { Tills } from '../rigs/tills/tills.ts';
import { openShop, sharedStack } from './open-shop.ts';

interface Settings {
  readonly orders: { readonly timeout: string };
  readonly own: readonly string[];
  readonly version: number;
}

interface Change {
  readonly version: number;
  readonly by: string;
  readonly at: string;
  readonly changes: readonly { readonly key: string; readonly from: unknown; readonly to: unknown }[];
}

const path = '/api/v1/settings';
const day = 86_400_000;
const ifMatch = (version: number) => ({ headers: { 'if-match': `"${version}"` } });

const byDefault = {
  company: { name: null, currency: 'EUR', timeZone: 'UTC', language: 'en' },
  approvals: { fourEyes: true, approvalLimit: null },
  customers: { purposes: ['marketing'] },
  procurement: { overReceiptPercent: 0 },
  attendance: { longestShift: 'PT16H' },
  sales: { offlineDays: 7 },
  notifications: { channels: ['email', 'sms'], senderName: null },
  documents: { maxMiB: 10, types: ['pdf', 'png', 'jpeg', 'webp', 'csv', 'docx', 'xlsx'] },
  orders: { timeout: 'PT15M' },
};

let shop: Shop;
let admin: ApiClient;

beforeAll(async () => {
  shop = openShop();
  admin = await shop.as();
});

const set = (body: object, options = {}): Promise<Answer<Settings>> => admin.patch<Settings>(path, body, options);

describe('the settings of a tenant over HTTP', () => {
  it('a tenant that has set nothing sees what holds by default, and changes it under that version', async () => {
    const own = await openShop().as();
    const seen = await own.get<Settings>(path);
    expect(bodyOf(seen, 200)).toEqual({ ...byDefault, own: [], version: 0 });
    expect(seen.headers.get('etag')).toBe('"0"');
    const changed = await own.patch<Settings>(path, { approvals: { approvalLimit: 500.5 } }, ifMatch(0));
    expect(bodyOf(changed, 200)).toMatchObject({
      approvals: { fourEyes: true, approvalLimit: 500.5 },
      own: ['approvals.approvalLimit'],
      version: 1,
    });
    expect(changed.headers.get('etag')).toBe('"1"');
    expect((await own.patch(path, { company: { name: 'Song' } }, ifMatch(0))).status).toBe(412);
    expect(bodyOf(await own.patch<Settings>(path, { approvals: null }), 200)).toEqual({
      ...byDefault,
      own: [],
      version: 2,
    });
  });

  it('an order is placed by the timeout that its tenant has set, within moments, and one of another tenant is not', async () => {
    const [{ sku }, other] = [await shop.sell(), openShop()];
    const { sku: othersSku } = await other.sell();
    await using bus = await sharedStack().observe('order-events');
    bodyOf(await set({ orders: { timeout: 'PT1M' } }), 200);
    const timeoutOf = async (at: Shop, item: string) => {
      const { id } = await at.order({ [item]: 1 });
      return eventually(() => {
        const placed = bus.events('order.created').find(({ envelope }) => envelope.subject === `order/${id}`);
        const { placedAt, expiresAt } = Object(placed?.envelope.data);
        const milliseconds = Date.parse(expiresAt) - Date.parse(placedAt);
        expect(milliseconds).not.toBeNaN();
        return milliseconds;
      });
    };
    await eventually(async () => expect(await timeoutOf(shop, sku)).toBe(60_000));
    expect(await timeoutOf(other, othersSku)).toBe(900_000);
    bodyOf(await set({ orders: { timeout: null } }), 200);
    await eventually(async () => expect(await timeoutOf(shop, sku)).toBe(900_000));
  });

  it('every change is on the bus with the settings as a whole, and in the history with who made it', async () => {
    const own = openShop();
    const [api, auditor] = [await own.as(), await own.as('auditor')];
    await using bus = await sharedStack().observe('platform-events');
    const body = { company: { name: 'Song Ltd', timeZone: 'europe/berlin' }, documents: { types: ['pdf'] } };
    for (const change of [body, { company: { name: null } }]) bodyOf(await api.patch(path, change), 200);
    await eventually(() => {
      const told = bus.events('settings.updated').filter(({ envelope }) => envelope.tenantid === own.tenant);
      const settings = { company: { timeZone: 'Europe/Berlin' }, documents: { types: ['pdf'] } };
      expect(told.map(({ key }) => key)).toEqual([`${own.tenant}/settings`, `${own.tenant}/settings`]);
      expect(told.map(({ envelope }) => envelope.data)).toMatchObject([
        { changed: ['company.name', 'company.timeZone', 'documents.types'], version: 1 },
        { changed: ['company.name'], version: 2, settings },
      ]);
    });
    const { items } = bodyOf(await auditor.get<Page<Change>>(`${path}/history`), 200);
    expect(items.map(({ version, changes }) => ({ version, changes }))).toEqual([
      { version: 2, changes: [{ key: 'company.name', from: 'Song Ltd', to: null }] },
      {
        version: 1,
        changes: [
          { key: 'company.name', from: null, to: 'Song Ltd' },
          { key: 'company.timeZone', from: null, to: 'Europe/Berlin' },
          { key: 'documents.types', from: null, to: ['pdf'] },
        ],
      },
    ]);
    expect(items.every(({ by, at }) => by !== '' && Date.parse(at) > 0)).toBe(true);
  });

  it('a till may send what happened as long ago as its tenant has set', async () => {
    const own = openShop();
    const [api, tills] = [await own.as(), await Tills.of(await own.as('manager'))];
    const openedAt = new Date(Date.now() - 2 * day).toISOString();
    expect((await tills.tryOpen({ register: '1', openingCash: 100, openedAt })).status).toBe(201);
    bodyOf(await api.patch(path, { sales: { offlineDays: 1 } }), 200);
    await eventually(async () => {
      const answer = await tills.tryOpen({ register: '2', openingCash: 100, openedAt });
      expect([answer.status, answer.body]).toEqual([422, expect.objectContaining({ type: '/problems/invalid-time' })]);
    });
  });

  it('customers are asked what their tenant has set, and withdraw what they are asked no more', async () => {
    const own = openShop();
    const [api, sales] = [await own.as(), await own.as('sales')];
    const { id } = bodyOf(await register(sales, { email: 'ann@example.com' }), 201);
    const decide = (purpose: string, granted: boolean) =>
      sales.put<Problem>(`${customersPath}/${id}/consents/${purpose}`, { granted, source: 'till', textVersion: '1' });
    expect((await decide('marketing', true)).status).toBe(200);
    expect((await decide('recipes', true)).status).toBe(422);
    bodyOf(await api.patch(path, { customers: { purposes: ['recipes'] } }), 200);
    await eventually(async () => expect((await decide('recipes', true)).status).toBe(200));
    expect((await decide('marketing', true)).status).toBe(422);
    expect((await decide('marketing', false)).status).toBe(200);
    expect((await decide('surveys', false)).status).toBe(422);
  });

  it.each([
    [{ orders: { patience: 'PT1M' } }, 'invalid-body', 'orders.patience'],
    [{ weather: { rain: true } }, 'invalid-body', 'weather'],
    [{}, 'invalid-body', ''],
    [{ company: { currency: 'EURO' } }, 'invalid-body', 'company.currency'],
    [{ company: { timeZone: '+01:00' } }, 'invalid-body', 'company.timeZone'],
    [{ company: { language: 'English' } }, 'invalid-body', 'company.language'],
    [{ company: { name: ' ' } }, 'invalid-body', 'company.name'],
    [{ approvals: { fourEyes: 'yes' } }, 'invalid-body', 'approvals.fourEyes'],
    [{ approvals: { approvalLimit: -1 } }, 'invalid-body', 'approvals.approvalLimit'],
    [{ customers: { purposes: ['a', 'a'] } }, 'invalid-body', 'customers.purposes'],
    [{ procurement: { overReceiptPercent: 101 } }, 'invalid-body', 'procurement.overReceiptPercent'],
    [{ attendance: { longestShift: '16 hours' } }, 'invalid-body', 'attendance.longestShift'],
    [{ sales: { offlineDays: 1.5 } }, 'invalid-body', 'sales.offlineDays'],
    [{ notifications: { channels: ['pigeon'] } }, 'invalid-body', 'notifications.channels.0'],
    [{ documents: { maxMiB: 11 } }, 'invalid-body', 'documents.maxMiB'],
    [{ documents: { types: [] } }, 'invalid-body', 'documents.types'],
    [{ orders: { timeout: 'PT0S' } }, 'invalid-body', 'orders.timeout'],
    [{ orders: { timeout: 'P8D' } }, 'timeout-too-long', undefined],
  ])('%j is refused and changes nothing', async (body, code, field) => {
    const { version } = bodyOf(await admin.get<Settings>(path), 200);
    const problem = bodyOf(await admin.patch<Problem>(path, body), 422);
    expect([problem.type, problem.errors?.[0]?.path]).toEqual([`/problems/${code}`, field]);
    expect(bodyOf(await admin.get<Settings>(path), 200).version).toBe(version);
  });
});
