import { describe, expect, it, onTestFinished } from 'vitest';
import { azureMails } from '../../functions/notifications/providers/azure/azure-mails.ts';
import { suppressed } from '../../functions/notifications/providers/mail-provider.ts';
import {
  type ServiceReply,
  type ServiceRequest,
  startCommunicationService,
} from '../rigs/providers/communication-service.ts';
import { mail } from '../rigs/providers/mail.ts';
import { trust } from '../rigs/providers/trust.ts';

const patient = new AbortController().signal;
const operation = `/emails/operations/${mail.key}`;

const failed = (code: string) => ({
  status: 200,
  body: { id: mail.key, status: 'Failed', error: { code, message: 'ann@example.com' } },
});
const refused = (status: number, code: string, headers = {}): ServiceReply => ({
  status,
  headers,
  body: { error: { code, message: 'Invalid: ann@example.com' } },
});
const progress = (status: string): ServiceReply => ({
  status: 200,
  headers: { 'retry-after': '7' },
  body: { id: mail.key, status },
});

/** As the service takes a mail. */
function taken(endpoint: string): ServiceReply {
  const headers = { 'operation-location': `${endpoint}${operation}?api-version=2023-03-31`, 'retry-after': '30' };
  return { status: 202, headers, body: { id: mail.key, status: 'Running' } };
}

async function mails(reply: { readonly send?: ServiceReply; readonly ask?: ServiceReply }) {
  const answer = ({ method }: ServiceRequest, endpoint: string) =>
    method === 'POST' ? (reply.send ?? taken(endpoint)) : (reply.ask ?? progress('Running'));
  const service = await startCommunicationService(answer);
  trust(service.certificate);
  onTestFinished(() => service.close());
  const provider = azureMails({ connectionString: service.connectionString }, 'DoNotReply@lagerhaus.example');
  return { service, provider, ask: () => provider.ask?.(mail.key, patient) };
}

describe('mails by Azure Communication Services', () => {
  it('a mail goes out under its key, in plain text, without telling who has read it', async () => {
    const { service, provider } = await mails({ ask: progress('Succeeded') });
    expect(await provider.send(mail, patient)).toEqual({ kind: 'done', reference: mail.key });
    const [sent, asked] = service.requests;
    expect(sent).toMatchObject({
      method: 'POST',
      path: '/emails:send',
      headers: { 'operation-id': mail.key, authorization: expect.stringMatching(/^HMAC-SHA256 /) },
      body: {
        senderAddress: 'DoNotReply@lagerhaus.example',
        content: { subject: 'Welcome', plainText: 'Your account is ready.' },
        recipients: { to: [{ address: 'ann@example.com' }] },
        userEngagementTrackingDisabled: true,
      },
    });
    expect(asked).toMatchObject({ method: 'GET', path: operation });
    expect(service.requests).toHaveLength(2);
  });

  it('a mail that the service has taken and not sent yet is under way until it says', async () => {
    const { provider } = await mails({ ask: progress('Running') });
    expect(await provider.send(mail, patient)).toEqual({ kind: 'under-way', retryAfterMs: 7_000 });
  });

  it.each([
    ['busy', refused(429, 'TooManyRequests')],
    ['away', refused(503, 'ServiceUnavailable')],
    ['that does not find it yet', refused(404, 'NotFound')],
    ['that does not answer', 'cut'],
  ] as const)('a mail that was taken by a service that then is %s is under way, and not sent again', async (_, ask) => {
    const { service, provider } = await mails({ ask });
    expect(await provider.send(mail, patient)).toMatchObject({ kind: 'under-way' });
    expect(service.requests.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it.each([
    [400, 'InvalidRecipient'],
    [413, 'RequestEntityTooLarge'],
  ])('a mail that the service answers by %i is refused, and nobody reads the address in the reason', async (status, code) => {
    const { provider } = await mails({ send: refused(status, code) });
    const answer = await provider.send(mail, patient);
    expect(answer).toMatchObject({ kind: 'refused' });
    expect(JSON.stringify(answer)).not.toContain('ann@');
  });

  it.each([
    [400, 'InvalidSenderUserName'],
    [401, 'Denied'],
    [403, 'Forbidden'],
    [404, 'DomainNotLinked'],
    [500, 'InternalServerError'],
    [503, 'ServiceUnavailable'],
  ])('a service that answers %i (%s) is asked once, and the mail may be sent later', async (status, code) => {
    const { service, provider } = await mails({ send: refused(status, code) });
    await expect(provider.send(mail, patient)).rejects.toThrow(`the service said ${status} (${code})`);
    expect(service.requests).toHaveLength(1);
  });

  it('a service that has too much to do says for how long it is left alone', async () => {
    const { provider } = await mails({ send: refused(429, 'TooManyRequests', { 'retry-after': '17' }) });
    expect(await provider.send(mail, patient)).toEqual({ kind: 'busy', retryAfterMs: 17_000 });
  });

  it('a service that cuts the connection may have taken the mail', async () => {
    const { service, provider, ask } = await mails({ send: 'cut', ask: progress('Succeeded') });
    await expect(provider.send(mail, patient)).rejects.toThrow('no answer');
    expect(await ask()).toEqual({ kind: 'done', reference: mail.key });
    expect(service.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /emails:send',
      `GET ${operation}`,
    ]);
  });

  it.each([
    [progress('Succeeded'), { kind: 'done', reference: mail.key }],
    [progress('NotStarted'), { kind: 'under-way', retryAfterMs: 7_000 }],
    [failed('EmailDroppedAllRecipientsSuppressed'), { kind: 'refused', reason: suppressed }],
    [failed('Other'), { kind: 'refused', reason: 'the service has ended it: Failed (Other)' }],
    [progress('Canceled'), { kind: 'refused', reason: 'the service has ended it: Canceled (no code)' }],
    [refused(404, 'NotFound'), undefined],
  ] as const)('what became of a mail is asked by its key: %j is %j', async (reply, expected) => {
    const { service, ask } = await mails({ ask: reply });
    expect(await ask()).toEqual(expected);
    expect(service.requests).toMatchObject([{ method: 'GET', path: operation }]);
  });

  it('a service that cannot say what became of a mail is asked again, before anything is sent', async () => {
    const { ask } = await mails({ ask: refused(500, 'InternalServerError') });
    await expect(ask()).rejects.toThrow('the service said 500');
  });

  it('a service that never answers is left when the attempt is over', async () => {
    const service = await startCommunicationService(() => ({ status: 202 }));
    onTestFinished(() => service.close());
    const provider = azureMails({ connectionString: service.connectionString }, 'DoNotReply@lagerhaus.example');
    await expect(provider.send(mail, AbortSignal.abort())).rejects.toThrow('no answer (AbortError)');
  });

  it('who we are is proved by a token of our identity, where there is no key', async () => {
    const { service } = await mails({});
    const scopes: (string | string[])[] = [];
    const credential = {
      async getToken(scope: string | string[]) {
        scopes.push(scope);
        return { token: 'token-1', expiresOnTimestamp: Date.now() + 3_600_000 };
      },
    };
    await azureMails({ endpoint: service.endpoint, credential }, 'DoNotReply@lagerhaus.example').send(mail, patient);
    expect(scopes).toEqual([['https://communication.azure.com//.default']]);
    expect(service.requests[0]?.headers.authorization).toBe('Bearer token-1');
  });
});
