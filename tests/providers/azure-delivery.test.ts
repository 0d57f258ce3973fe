import { v7 } from 'uuid';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EmailDelivery } from '../../functions/notifications/delivery/delivery.ts';
import { retried } from '../../functions/notifications/delivery/delivery-events.ts';
import { UserCreated } from '../../shared/events/contracts/identity.ts';
import { idWithin } from '../../shared/persistence/documents/stored-document.ts';
import { deliveryBench } from '../rigs/effects/delivery-bench.ts';
import { type ServiceReply, startCommunicationService } from '../rigs/providers/communication-service.ts';
import { trust } from '../rigs/providers/trust.ts';

const minute = 60_000;

/** Azure with what it has taken, and Ann, who is to be greeted through it. */
async function annByAzure({ losesAnswers }: { readonly losesAnswers: boolean }) {
  const taken = new Map<string, string>();
  let canBeAsked = true;
  const service = await startCommunicationService(({ method, path, headers }, endpoint): ServiceReply => {
    const id = method === 'POST' ? String(headers['operation-id']) : path.slice('/emails/operations/'.length);
    if (method === 'GET' && !canBeAsked) return { status: 500, body: { error: { code: 'InternalError' } } };
    if (method === 'GET') {
      const status = taken.get(id);
      return status === undefined
        ? { status: 404, body: { error: { code: 'NotFound' } } }
        : { status: 200, body: { id, status } };
    }
    taken.set(id, 'Running');
    if (losesAnswers) return 'cut';
    return {
      status: 202,
      headers: { 'operation-location': `${endpoint}/emails/operations/${id}` },
      body: { id, status: 'Running' },
    };
  });
  trust(service.certificate);
  onTestFinished(() => service.close());
  const bench = await deliveryBench({
    MAIL_PROVIDER: 'azure-communication',
    MAIL_SENDER: 'DoNotReply@lagerhaus.example',
    COMMUNICATION_CONNECTION_STRING: service.connectionString,
  });
  const userId = v7();
  bench.people.set(userId, { email: 'ann@example.com', name: 'Ann' });
  await bench.hear(UserCreated({ userId, roles: ['customer'], createdAt: '2026-11-22T09:59:00.000Z' }));
  const end = (status: string) => taken.forEach((_, id) => void taken.set(id, status));
  const told = async () => (await bench.told(userId)).map(({ type, data }) => [type, data.messageId ?? data.reason]);
  const answerQuestions = (does: boolean) => {
    canBeAsked = does;
  };
  /** As an operator does. */
  async function retry() {
    const work = bench.open(`main/recipient:${userId}`);
    const [{ id = '' } = {}] = await bench.deliveries(userId);
    const delivery = await work.load(EmailDelivery, idWithin(id));
    delivery.record(retried(delivery.state, 'email', bench.clock.now()));
    await work.commit();
  }
  const posts = () => service.requests.filter(({ method }) => method === 'POST').length;
  return { ...bench, taken, end, told, posts, answerQuestions, retry };
}

describe('a delivery by Azure Communication Services', () => {
  it.each([
    [{ losesAnswers: false }, 'is taken and sent later'],
    [{ losesAnswers: true }, 'is taken, and the answer lost'],
  ])('with %j a mail that %s is posted once, asked for until it is sent, and told once', async (trouble) => {
    const { sweep, taken, end, told, posts } = await annByAzure(trouble);
    await sweep(11_000);
    await sweep(minute);
    const [key] = taken.keys();
    expect(await told()).toEqual([['email.requested', undefined]]);
    end('Succeeded');
    await sweep(minute);
    await sweep(minute);
    expect(posts()).toBe(1);
    expect(await told()).toEqual([
      ['email.requested', undefined],
      ['email.sent', key],
    ]);
  });

  it('a mail that the service has taken and could not send has failed once', async () => {
    const { sweep, end, told, posts } = await annByAzure({ losesAnswers: false });
    await sweep(11_000);
    end('Failed');
    await sweep(minute);
    await sweep(minute);
    expect(posts()).toBe(1);
    expect(await told()).toEqual([
      ['email.requested', undefined],
      ['notification.failed', 'rejected'],
    ]);
  });

  it('a mail that was given up while the service could not be asked is asked for where it is retried, and not posted again', async () => {
    const { sweep, taken, end, told, posts, answerQuestions, retry } = await annByAzure({ losesAnswers: true });
    answerQuestions(false);
    for (let hours = 0; hours < 24; hours += 1) await sweep(60 * minute);
    expect(await told()).toContainEqual(['notification.failed', 'gave-up']);
    answerQuestions(true);
    end('Succeeded');
    await retry();
    await sweep(minute);
    const [key] = taken.keys();
    expect(await told()).toContainEqual(['email.sent', key]);
    expect(posts()).toBe(1);
  });
});
