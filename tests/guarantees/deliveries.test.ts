import { rmSync, writeFileSync } from 'node:fs';
import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { sendEmail } from '../../functions/notifications/delivery/send-email.ts';
import { notifications } from '../../functions/notifications/service.ts';
import { CustomerDeleted } from '../../shared/events/contracts/customers.ts';
import { UserCreated, UserDeleted, UserLogin } from '../../shared/events/contracts/identity.ts';
import { OrderStatusChanged } from '../../shared/events/contracts/orders.ts';
import { SettingsUpdated, type TenantSettings } from '../../shared/events/contracts/tenant-settings.ts';
import { sweep as sweepDeadlines } from '../../shared/sweep/sweep.ts';
import { deliveryBench } from '../rigs/effects/delivery-bench.ts';
import { service } from '../rigs/kernel/kernel-bench.ts';

const minute = 60_000;
const at = '2026-11-22T09:59:00.000Z';
const registered = (userId: string) => UserCreated({ userId, roles: ['customer'], createdAt: at });
const deleted = (userId: string) => UserDeleted({ userId, by: 'admin-1' });
const login = (userId: string) => UserLogin({ userId, sessionId: v7(), device: 'a phone', isNewDevice: true, at });
const moved = (customerId: string, to: 'confirmed' | 'cancelled', orderId: string = v7()) =>
  OrderStatusChanged({ orderId, customerId, from: 'pending', to, location: 'main', totalAmount: 100 });

/** Somebody with an address, who is to be greeted. */
async function ann() {
  const bench = await deliveryBench();
  const userId = v7();
  bench.people.set(userId, { email: 'ann@example.com', name: 'Ann' });
  const types = async () => (await bench.told(userId)).map(({ type }) => type);
  const reasons = async () => (await bench.told(userId)).flatMap(({ data }) => data.reason ?? []);
  return { ...bench, userId, types, reasons };
}

describe('what a tenant has set of deliveries', () => {
  const setTo = (settings: TenantSettings, version = 1) => SettingsUpdated({ version, changed: ['…'], settings, at });

  it('a mail is from whom the tenant says, else from its company, and in the language of that where its reader has chosen none', async () => {
    const { userId, hear, sweep, mails } = await ann();
    await hear(setTo({ company: { name: 'Song', language: 'de-AT' } }), registered(userId));
    await sweep(11_000);
    expect(mails()).toEqual([expect.stringMatching(/From: Song <[\s\S]*Guten Tag Ann/)]);
    await hear(setTo({ company: { name: 'Song' }, notifications: { senderName: 'Song Shop' } }, 2), login(userId));
    await sweep(11_000);
    expect(mails()).toContainEqual(expect.stringMatching(/From: Song Shop <[\s\S]*Ann/));
  });

  it('a tenant that tells people nothing by e-mail sends only what is for the security of an account', async () => {
    const { userId, hear, sweep, types, told } = await ann();
    await hear(
      setTo({ notifications: { channels: [] } }),
      registered(userId),
      moved(userId, 'confirmed'),
      login(userId),
    );
    await sweep(11_000);
    expect(await types()).toEqual(['email.requested', 'email.sent']);
    expect((await told(userId)).map(({ data }) => data.template)).toContain('new-device');
  });
});

describe('a delivery', () => {
  it('a delivery whose provider has taken it, and whose answer is lost, is tried again with the same id: one mail, told once', async () => {
    const { userId, hear, laneOf, sweep, mails, types } = await ann();
    const keys: string[] = [];
    const losing = laneOf({
      ...sendEmail,
      async perform(document, context) {
        keys.push(context.key);
        await sendEmail.perform(document, context);
        throw new Error('the answer was lost');
      },
    });
    await hear(registered(userId));
    await sweep(11_000, [losing]);
    expect([keys.length, mails().length]).toEqual([1, 1]);
    expect(await types()).toEqual(['email.requested']);
    await sweep(minute);
    await sweep(minute);
    expect(mails()).toHaveLength(1);
    expect(mails()[0]).toContain(`Message-ID: <${keys[0]}@`);
    expect(await types()).toEqual(['email.requested', 'email.sent']);
  });

  it('a delivery whose provider is away three times is sent at the fourth attempt, after 1, 5 and 30 minutes', async () => {
    const { userId, hear, sweep, mailFolder, mails, types, deliveries, clock } = await ann();
    writeFileSync(mailFolder, 'nobody can write a file in here');
    await hear(registered(userId));
    await sweep(11_000);
    for (const pause of [1, 5, 30]) {
      const [due] = await deliveries(userId);
      expect(Date.parse(due?.dueAt ?? '') - clock.now().getTime()).toBe(pause * minute);
      await sweep(pause * minute - 1);
      expect(await deliveries(userId)).toEqual([due]);
      if (pause === 30) rmSync(mailFolder);
      await sweep(1);
    }
    expect(mails()).toHaveLength(1);
    expect(await types()).toEqual(['email.requested', 'email.sent']);
  });

  it('a delivery to somebody of whom nobody knows an address has failed once, and is never tried again', async () => {
    const { hear, sweep, mails, told } = await ann();
    await hear(moved('CUST-123', 'confirmed'));
    for (const pause of [11_000, 5 * minute, 12 * 60 * minute]) await sweep(pause);
    expect(mails()).toEqual([]);
    expect((await told('CUST-123')).map(({ type, data }) => [type, data.reason])).toEqual([
      ['email.requested', undefined],
      ['notification.failed', 'no-address'],
    ]);
  });

  it('a delivery that its provider refuses has failed once, and is never tried again', async () => {
    const { userId, hear, laneOf, sweep, reasons } = await ann();
    let attempts = 0;
    const refusing = laneOf({
      ...sendEmail,
      async perform() {
        attempts += 1;
        return { kind: 'refused', reason: '550 no such mailbox' };
      },
    });
    await hear(registered(userId));
    for (const pause of [11_000, 5 * minute, 12 * 60 * minute]) await sweep(pause, [refusing]);
    expect([attempts, await reasons()]).toEqual([1, ['rejected']]);
  });

  it('a delivery that is due for somebody who is deleted is suppressed, and nothing leaves', async () => {
    const { userId, people, hear, sweep, mails, types, reasons, deliveries } = await ann();
    await hear(registered(userId));
    people.set(userId, 'deleted');
    await sweep(11_000);
    expect([await types(), await reasons()]).toEqual([['email.requested', 'notification.failed'], ['suppressed']]);
    await hear(deleted(userId));
    await sweep(12 * 60 * minute);
    expect([mails(), await deliveries(userId), await reasons()]).toEqual([[], [], ['suppressed']]);
  });

  it('a delivery that is due when its recipient is erased is told as suppressed, and goes with them', async () => {
    const { userId, people, hear, sweep, mails, reasons, deliveries } = await ann();
    await hear(registered(userId), login(userId));
    people.set(userId, 'deleted');
    await hear(deleted(userId), deleted(userId), registered(userId));
    await sweep(12 * 60 * minute);
    expect([mails(), await deliveries(userId), await reasons()]).toEqual([[], [], ['suppressed', 'suppressed']]);
  });

  it.each([
    ['a user', deleted],
    ['a customer without an account', (customerId: string) => CustomerDeleted({ customerId })],
  ])('the mails and text messages that were written as files to %s go when they are erased, and those to others stay', async (_, gone) => {
    const { people, wish, hear, sweep, mails, texts } = await ann();
    const [first, second] = [v7(), v7()];
    for (const id of [first, second]) {
      people.set(id, { email: `${id}@example.com`, telephone: '+491701234567' });
      await wish(id, { email: ['order-confirmed'], sms: ['order-confirmed'], language: 'en' });
      await hear(moved(id, 'confirmed', id));
    }
    await sweep(11_000);
    expect([mails().length, texts().length]).toEqual([2, 2]);
    await hear(gone(first), gone(first));
    expect([mails(), texts()]).toEqual([[expect.stringContaining(second)], [expect.stringContaining(second)]]);
  });

  it('a mail that is written while its recipient is erased goes when they are emptied once more, and no other is written', async () => {
    const { userId, people, hear, laneOf, sweep, mails, clock, runtime } = await ann();
    const [began, mayEnd] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const slow = laneOf({
      ...sendEmail,
      async perform(document, context) {
        const lookup: typeof context.lookup = async (...asked) => {
          const answer = await context.lookup(...asked);
          began.resolve();
          await mayEnd.promise;
          return answer;
        };
        return sendEmail.perform(document, { ...context, lookup });
      },
    });
    await hear(registered(userId));
    const sending = sweep(11_000, [slow]);
    await began.promise;
    people.set(userId, 'deleted');
    await hear(deleted(userId));
    mayEnd.resolve();
    await sending;
    expect(mails()).toHaveLength(1);
    clock.pass(60 * minute);
    await sweepDeadlines([{ name: service, deadlines: notifications.deadlines }], runtime);
    await hear(registered(userId), login(userId));
    await sweep(11_000);
    expect(mails()).toEqual([]);
  });
});

describe('what somebody wants to hear', () => {
  it('whoever has said nothing hears of orders by e-mail, and of those that were cancelled in their inbox alone', async () => {
    const { userId, hear, sweep, mails, texts } = await ann();
    await hear(moved(userId, 'confirmed'), moved(userId, 'cancelled'));
    await sweep(11_000);
    expect([mails().length, texts().length]).toEqual([1, 0]);
    expect(mails()[0]).toContain('Subject: Your order was confirmed');
    expect(mails()[0]).toContain('Hello Ann,');
  });

  it('somebody hears of what they want by the channels that they want, in their language; a login from a new device is mailed in any case', async () => {
    const { userId, people, wish, hear, sweep, mails, texts } = await ann();
    people.set(userId, { email: 'ann@example.com', telephone: '+491701234567' });
    await wish(userId, { email: ['order-cancelled'], sms: ['order-cancelled'], language: 'de' });
    await hear(registered(userId), moved(userId, 'confirmed'), moved(userId, 'cancelled', 'order-1'), login(userId));
    await sweep(11_000);
    expect(
      mails()
        .map((mail) => /Subject: (.*)/.exec(mail)?.[1])
        .toSorted(),
    ).toEqual([expect.stringContaining('=?utf-8?'), 'Ihre Bestellung ist storniert']);
    expect(texts()).toEqual([expect.stringContaining('Bestellung order-1 ist storniert: Es wird nichts geliefert.')]);
    expect(texts()[0]).toContain('To: +491701234567');
  });

  it('a customer without an account is reached as it is noted of them; what users say of themselves counts before that', async () => {
    const { userId, customers, wish, hear, sweep, mails, texts } = await ann();
    customers.set('CUST-123', { email: 'bob@example.com', name: 'Bob', locale: 'de-AT' });
    customers.set(userId, { email: 'noted@example.com', telephone: '+491701234567' });
    await wish(userId, { email: ['order-confirmed'], sms: ['order-confirmed'], language: 'en' });
    await hear(moved('CUST-123', 'confirmed'), moved(userId, 'confirmed'));
    await sweep(11_000);
    expect(
      mails()
        .map((mail) => /To: <(.*)>/.exec(mail)?.[1])
        .toSorted(),
    ).toEqual(['ann@example.com', 'bob@example.com']);
    expect(mails().join('')).toContain('Guten Tag Bob,');
    expect(texts()).toEqual([expect.stringContaining('To: +491701234567')]);
  });

  it('somebody who is deleted is not reached by what is still noted of them as a customer', async () => {
    const { userId, people, customers, hear, sweep, mails, reasons } = await ann();
    customers.set(userId, { email: 'noted@example.com' });
    await hear(moved(userId, 'confirmed'));
    people.set(userId, 'deleted');
    await sweep(11_000);
    expect([mails(), await reasons()]).toEqual([[], ['suppressed']]);
  });

  it('a text message that somebody wants, and of whom no telephone is known, has failed for want of an address', async () => {
    const { userId, wish, hear, sweep, texts, reasons } = await ann();
    await wish(userId, { email: [], sms: ['order-confirmed'], language: 'en' });
    await hear(moved(userId, 'confirmed'));
    await sweep(11_000);
    expect([texts(), await reasons()]).toEqual([[], ['no-address']]);
  });
});
