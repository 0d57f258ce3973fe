import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import type { Page, Problem, Shop } from '../rigs/clients/shop.ts';
import { reportsSecret } from '../rigs/providers/reports-secret.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop, sharedStack } from './open-shop.ts';

interface Delivery {
  readonly status: string;
  readonly reason?: string;
}

const stack = sharedStack();
const provider = new ApiClient(stack.url);
const pathOf = (name: string, secret = reportsSecret) => `/api/v1/channels/${name}/reports/${secret}`;
const Told = z.object({ recipientId: z.string(), messageId: z.string().optional() });

let shop: Shop;
let ann: ApiClient;
let operator: ApiClient;

beforeEach(async () => {
  shop = openShop();
  [ann, operator] = await Promise.all([shop.as('customer', { sub: 'ann' }), shop.as('operator')]);
});

const report = (name: string, body: unknown, secret?: string) =>
  provider.post<Problem>(pathOf(name, secret), body, { headers: { 'x-tenant': shop.tenant } });

/** What was told of Ann's mails. */
async function told(type: string) {
  await using bus = await stack.observe('notification-events');
  await bus.caughtUp();
  const all = bus.events(type).map(({ envelope }) => ({ id: envelope.id, ...Told.parse(envelope.data) }));
  return [...new Map(all.map((one) => [one.id, one])).values()].filter(({ recipientId }) => recipientId === ann.userId);
}

/** Under which key the provider has the mail that greeted Ann. */
const messageOfAnn = () =>
  eventually(async () => {
    const [sent] = await told('email.sent');
    return z.string().parse(sent?.messageId);
  });

const annsMail = async () =>
  bodyOf(await operator.get<Page<Delivery>>(`/api/v1/deliveries?recipient=${ann.userId}&channel=email`), 200).items;

/** As Event Grid tells of a mail. */
const emailReport = (messageId: string, status: string, id: string = randomUUID()) => ({
  id,
  topic: '/subscriptions/s/resourceGroups/g/providers/microsoft.communication/communicationservices/acs',
  subject: `sender/DoNotReply@example.com/message/${messageId}`,
  data: {
    sender: 'DoNotReply@example.com',
    recipient: 'ann@example.com',
    messageId,
    status,
    deliveryStatusDetails: { statusMessage: 'no such mailbox' },
    deliveryAttemptTimeStamp: '2026-11-22T10:00:00.2855749+00:00',
  },
  eventType: 'Microsoft.Communication.EmailDeliveryReportReceived',
  dataVersion: '1.0',
  metadataVersion: '1',
  eventTime: '2026-11-22T10:00:00.822Z',
});

describe('a report of a provider', () => {
  it('a mail that has bounced has failed, which is told once, however often it is reported', async () => {
    const messageId = await messageOfAnn();
    const delivered = emailReport(messageId, 'Delivered');
    const bounced = emailReport(messageId, 'Bounced');
    for (const batch of [[delivered], [bounced], [delivered, bounced, bounced], [emailReport(messageId, 'Bounced')]])
      expect((await report('azure-communication', batch)).status).toBe(204);
    await eventually(async () => expect(await annsMail()).toMatchObject([{ status: 'failed', reason: 'bounced' }]));
    await eventually(async () => expect(await told('notification.failed')).toHaveLength(1));
    expect(bodyOf(await ann.get<Page<object>>('/api/v1/notifications'), 200).items).toHaveLength(1);
  });

  it('what is reported of messages that are not ours changes nothing, and holds up no report beside it', async () => {
    const messageId = await messageOfAnn();
    const foreign = ['a/b?c#d', 'x'.repeat(5_000), 'half \ud800', ' '].map((one) => emailReport(one, 'Bounced'));
    expect((await report('azure-communication', [...foreign, emailReport(messageId, 'Bounced')])).status).toBe(204);
    await eventually(async () => expect(await annsMail()).toMatchObject([{ status: 'failed', reason: 'bounced' }]));
    const own = ['a/b?c#d', '<@example.com>', '../..'].map((one) => ({ messageId: one, kind: 'bounced' }));
    expect((await report('smtp', { reports: own })).status).toBe(204);
    const named = { reports: [{ id: 'half \ud800', messageId, kind: 'bounced' }] };
    for (const [name, body] of [
      ['smtp', named],
      ['azure-communication', [emailReport(messageId, 'Bounced', '\ud800')]],
    ] as const)
      expect((await report(name, body)).status).toBe(422);
  });

  it('somebody who calls a mail spam hears of nothing by e-mail any more, until they say otherwise', async () => {
    const messageId = await messageOfAnn();
    const preferences = '/api/v1/notifications/preferences';
    const before = bodyOf(await ann.get<{ email: readonly string[]; sms: readonly string[] }>(preferences), 200);
    const complaint = { reports: [{ messageId: `<${messageId}@lagerhaus.invalid>`, kind: 'complained' }] };
    expect((await report('smtp', complaint)).status).toBe(204);
    await eventually(async () => expect((await ann.get(preferences)).body).toEqual({ ...before, email: [] }));
    expect(await annsMail()).toMatchObject([{ status: 'sent' }]);
    expect((await ann.put(preferences, before)).status).toBe(200);
    expect((await report('smtp', complaint)).status).toBe(204);
    expect((await ann.get(preferences)).body).toEqual(before);
  });

  it('Event Grid is told that it may send here', async () => {
    const event = {
      ...emailReport('none', 'none'),
      eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
      data: { validationCode: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6', validationUrl: 'https://eventgrid.example.com' },
    };
    const { status, body } = await report('azure-communication', [event]);
    expect([status, body]).toEqual([200, { validationResponse: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6' }]);
    expect((await report('azure-communication', [event], 'guess')).status).toBe(404);
  });

  it('whoever does not know the secret finds nothing, whatever they send; whoever does is told what is wrong', async () => {
    const good = { reports: [{ messageId: randomUUID(), kind: 'bounced' }] };
    const bad = { reports: [{ messageId: 1 }] };
    for (const secret of ['guess', reportsSecret.slice(1), `${reportsSecret}x`, reportsSecret.toUpperCase(), '~ ~'])
      for (const body of [good, bad, [], null]) expect((await report('file', body, secret)).status).toBe(404);
    expect((await report('pigeon', good)).status).toBe(404);
    for (const body of [bad, [], null, { reports: [] }, 'text']) {
      const { status, body: problem } = await report('file', JSON.stringify(body));
      expect([status, problem.type]).toEqual([422, '/problems/invalid-body']);
    }
    expect((await report('azure-communication', good)).status).toBe(422);
    expect((await report('file', { reports: Array.from({ length: 1_001 }, () => good.reports[0]) })).status).toBe(422);
    expect((await report('file', 'x'.repeat(1024 * 1024 + 1))).status).toBe(413);
  });

  it('the secret is in no log, even where an address with it is wrong', async () => {
    const path = pathOf('smtp');
    await report('smtp', { reports: [] });
    for (const one of [path, `${path}/`, `${path}/more`, path.replace('channels', 'channel'), `${path}?x=1`])
      for (const method of ['GET', 'POST', 'OPTIONS', 'DELETE']) await provider.call(method, one);
    const log = () => readFileSync(stack.functionsLog, 'utf8');
    await eventually(() => expect(log().includes('/reports/{secret}')).toBe(true));
    expect(log().includes(reportsSecret)).toBe(false);
  });
});
