import { describe, expect, it, onTestFinished } from 'vitest';
import { azureSms } from '../../functions/notifications/providers/azure/azure-sms.ts';
import { later } from '../../shared/clock.ts';
import { type ServiceReply, startCommunicationService } from '../rigs/providers/communication-service.ts';
import { trust } from '../rigs/providers/trust.ts';

const patient = new AbortController().signal;
const minute = 60_000;
const key = '7f2f7d0c-93f4-8e0a-8f0a-3c1f5a0d9b11';

const message = (age = 0) => ({
  key,
  tenant: 'main',
  recipientId: 'ann',
  to: '+491701234567',
  text: 'Your order is out for delivery.',
  date: later(new Date(), -age),
});

/** What the service says of the one recipient. */
const of = (status: number, more: object = {}): ServiceReply => ({
  status: 202,
  body: { value: [{ to: '+491701234567', httpStatusCode: status, successful: status < 300, ...more }] },
});

async function sms(reply: ServiceReply) {
  const service = await startCommunicationService(() => reply);
  trust(service.certificate);
  onTestFinished(() => service.close());
  return { service, provider: azureSms({ connectionString: service.connectionString }, '+4915735987654') };
}

describe('text messages by Azure Communication Services', () => {
  it('a text message goes out with its key as tag and as what a second attempt is told by', async () => {
    const { service, provider } = await sms(of(202, { messageId: 'Outgoing_1', repeatabilityResult: 'accepted' }));
    const first = message();
    expect(await provider.send(first, patient)).toEqual({ kind: 'done', reference: key });
    expect(await provider.send(first, patient)).toEqual({ kind: 'done', reference: key });
    const since = new Date(first.date).toUTCString();
    expect(service.requests).toHaveLength(2);
    for (const { path, headers, body } of service.requests) {
      expect(path).toBe('/sms');
      expect(headers).not.toHaveProperty('repeatability-request-id');
      expect(headers.authorization).toMatch(/^HMAC-SHA256 /);
      expect(body).toEqual({
        from: '+4915735987654',
        smsRecipients: [{ to: '+491701234567', repeatabilityRequestId: key, repeatabilityFirstSent: since }],
        message: 'Your order is out for delivery.',
        smsSendOptions: { enableDeliveryReport: true, tag: key },
      });
    }
  });

  it('a text message that is older than the service remembers has an id of its own: the old one would be refused', async () => {
    const { service, provider } = await sms(of(202));
    await provider.send(message(6 * minute), patient);
    expect(service.requests[0]?.body).toMatchObject({ smsSendOptions: { tag: key } });
    expect(JSON.stringify(service.requests[0]?.body)).not.toContain(`"repeatabilityRequestId":"${key}"`);
  });

  it.each([
    [of(400, { errorMessage: 'Invalid To phone number format +491701234567' }), { kind: 'refused' }],
    [of(429), { kind: 'busy' }],
    [of(412, { repeatabilityResult: 'rejected' }), { kind: 'failed' }],
    [of(500), { kind: 'failed' }],
    [{ status: 202, body: { value: [] } }, { kind: 'failed' }],
    [
      { status: 429, headers: { 'retry-after': '4' }, body: {} },
      { kind: 'busy', retryAfterMs: 4_000 },
    ],
  ] as const)('%j is %j', async (reply, expected) => {
    const { service, provider } = await sms(reply);
    const answer = await provider.send(message(), patient);
    expect(answer).toMatchObject(expected);
    expect(JSON.stringify(answer)).not.toContain('+49');
    expect(service.requests).toHaveLength(1);
  });

  it.each([
    [{ status: 400, body: { error: { code: 'InvalidSender' } } }, 'the service said 400'],
    [{ status: 401, body: { error: { code: 'Denied' } } }, 'the service said 401'],
    [{ status: 503, body: {} }, 'the service said 503'],
    ['cut', 'no answer'],
  ] as const)('%j is a failure of the service, which may pass', async (reply, text) => {
    const { service, provider } = await sms(reply);
    await expect(provider.send(message(), patient)).rejects.toThrow(text);
    expect(service.requests).toHaveLength(1);
  });
});
