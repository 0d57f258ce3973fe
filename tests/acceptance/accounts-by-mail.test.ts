import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { inTenant, type User } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { mailsFor, type ReadMail } from '../rigs/clients/mailbox.ts';
import { type Order, orderOf, type Page, type Problem, Shop } from '../rigs/clients/shop.ts';
import { openStoredDocuments } from '../rigs/clients/stored-documents.ts';
import { controlClient } from '../rigs/stack/control-client.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { identityBench } from './identity-bench.ts';
import { sharedStack } from './open-shop.ts';

const email = 'ann@example.com';
const subjects = {
  reset: 'Set a new password',
  done: 'Your password was set anew',
  verify: 'Verify your e-mail address',
} as const;

/** Somebody with a mailbox. */
function mailbox(bench: ReturnType<typeof identityBench>, address = email) {
  const mails = (subject: string) =>
    mailsFor(sharedStack(), { tenant: bench.tenant, address }).filter((mail) => mail.subject === subject);
  const nobody = new ApiClient(bench.url);
  const call = (path: string, body: object) =>
    nobody.post<Problem>(`/api/v1/auth/${path}`, body, inTenant(bench.tenant));
  return {
    mails,
    /** The newest of so many mails. */
    mail: (subject: string, count = 1) =>
      eventually(() => {
        const found = mails(subject);
        expect(found).toHaveLength(count);
        return found.at(-1);
      }),
    ask: async (to = address) => (await call('password-reset', { email: to })).status,
    confirm: (token: string, password: string) => call('password-reset/confirm', { token, password }),
    verify: (token: string) => call('verify-email', { token }),
  };
}

const tokenIn = (mail: ReadMail | undefined) =>
  new URLSearchParams(mail?.link?.hash.slice(1) ?? '').get('token') ?? 'none';

describe('a forgotten password', () => {
  it('a forgotten password is set anew by the link of a mail, which ends all sessions and is told by another mail', async () => {
    const bench = identityBench();
    const { api, tokens } = await bench.somebody();
    const { mail, ask, confirm } = mailbox(bench);
    bodyOf(await api.put('/api/v1/notifications/preferences', { email: [], sms: [], language: 'en' }), 200);
    expect(await ask('ANN@example.com')).toBe(202);
    const sent = await mail(subjects.reset);
    expect(sent?.link?.href.split('#')[0]).toBe(`${sharedStack().url}/account`);
    const token = tokenIn(sent);
    expect((await confirm(token, 'weak')).body.type).toBe('/problems/weak-password');
    expect((await confirm(token, 'Better123')).status).toBe(204);
    expect((await confirm(token, 'Another123')).body.type).toBe('/problems/invalid-link');
    await mail(subjects.done);

    expect((await bench.logIn(email)).status).toBe(401);
    expect((await bench.refresh(tokens.refresh_token)).status).toBe(401);
    const again = bench.client(bodyOf(await bench.logIn(email, 'Better123'), 200));
    expect(bodyOf(await again.get<User>('/api/v1/users/me'), 200).email_verified_at).toEqual(expect.any(String));
    const { items } = bodyOf(await again.get<Page<{ template: string; body: string }>>('/api/v1/notifications'), 200);
    expect(items.map(({ template }) => template)).toEqual(
      expect.arrayContaining(['password-reset', 'password-was-reset']),
    );
    for (const { body } of items) expect(body).not.toContain('#');
  });

  it('a forgotten password brings no mail to whoever is nobody, and three an hour to whoever is somebody', async () => {
    const bench = identityBench();
    const { user } = await bench.somebody('bob@example.com');
    expect((await (await bench.admin()).post(`/api/v1/users/${user.id}/deactivate`)).status).toBe(200);
    await bench.somebody();
    const { ask, mails, mail, confirm } = mailbox(bench);
    for (const address of ['nobody@example.com', 'bob@example.com', 'no address']) expect(await ask(address)).toBe(202);
    for (let times = 0; times < 5; times += 1) expect(await ask()).toBe(202);
    await mail(subjects.reset, 3);
    using documents = openStoredDocuments(sharedStack());
    await eventually(async () => {
      const asked = await documents.of(bench.tenant, 'identity', 'reset-requests');
      expect(asked.map(({ asked: waiting }) => waiting)).toEqual([[], [], [], []]);
    });
    expect(await documents.of(bench.tenant, 'identity', 'password-reset')).toHaveLength(1);
    const links = mails(subjects.reset).map(tokenIn);
    expect(new Set(links).size).toBe(3);
    expect(mailbox(bench, 'bob@example.com').mails(subjects.reset)).toEqual([]);
    // Of one second, mails have no order.
    const statuses = [];
    for (const token of links) statuses.push((await confirm(token, 'Better123')).status);
    expect(statuses.toSorted()).toEqual([204, 422, 422]);
  });

  it('the link of a mail stands in no document of any service, in no event and in no log', async () => {
    const bench = identityBench();
    await bench.somebody();
    await using bus = await sharedStack().observe('identity-events', 'notification-events', 'platform-events');
    const { ask, mail, confirm } = mailbox(bench);
    await ask();
    const token = tokenIn(await mail(subjects.reset));
    expect((await confirm(token, 'Better123')).status).toBe(204);
    await mail(subjects.done);
    await eventually(() => expect(JSON.stringify(bus.events('email.sent'))).toContain('password-was-reset'));
    const secret = token.split('.')[1] ?? '';
    expect(secret).toHaveLength(43);
    using documents = openStoredDocuments(sharedStack());
    const kept = await Promise.all(
      ['identity', 'notifications', 'dead-letters'].map((container) => documents.of(bench.tenant, container)),
    );
    expect(JSON.stringify(kept)).toContain('password-was-reset');
    expect(JSON.stringify(kept)).not.toContain(secret);
    expect(JSON.stringify(bus.events())).not.toContain(secret);
    expect(readFileSync(sharedStack().functionsLog, 'utf8')).not.toContain(secret);
  });

  it('nothing is left of links and of what was asked for by an address, once its user is deleted', async () => {
    const bench = identityBench();
    const { user, api } = await bench.somebody();
    const { ask, mail } = mailbox(bench);
    await ask();
    await api.post('/api/v1/users/me/verification');
    await Promise.all([mail(subjects.reset), mail(subjects.verify)]);
    using documents = openStoredDocuments(sharedStack());
    const kept = async () => {
      const kinds = ['password-reset', 'email-verification', 'reset-requests'];
      const all = await documents.of(bench.tenant, 'identity');
      return all.flatMap(({ kind }) => (kinds.includes(kind) ? [kind] : [])).toSorted();
    };
    expect(await kept()).toEqual(['email-verification', 'password-reset', 'reset-requests']);
    expect((await (await bench.admin()).delete(`/api/v1/users/${user.id}`)).status).toBe(204);
    await eventually(async () => expect(await kept()).toEqual([]));
  });
});

describe('an address that is to be verified', () => {
  const { control = '', controlToken = '' } = inject('stack');
  /** An instance of its own on the shared stack, on which nobody orders by an address that is not verified. */
  const verifying = controlClient(control, controlToken).functions('verifying');
  let url: string;
  beforeAll(async () => {
    url = await verifying.start({ ENABLED_SERVICES: 'identity,orders', VERIFY_EMAIL: 'on' });
  });
  afterAll(() => verifying.stop());

  it('an address that is to be verified keeps its user from ordering until they have used the link of the mail', async () => {
    const bench = identityBench({ url });
    const shop = new Shop(sharedStack(), bench.tenant);
    const { sku } = await shop.sell();
    const { api } = await bench.somebody();
    const { mail, verify } = mailbox(bench);
    const order = (by: ApiClient, more = {}) =>
      by.post<Order & Problem>('/api/v1/orders', { ...orderOf({ [sku]: 1 }), ...more });
    const own = () => order(api, { customerId: undefined });
    await eventually(async () => {
      const refused = await own();
      expect([refused.status, refused.body.type]).toEqual([403, '/problems/email-unverified']);
    });
    const sent = await mail(subjects.verify);
    expect((await verify(tokenIn(sent))).status).toBe(204);
    expect((await verify(tokenIn(sent))).body.type).toBe('/problems/invalid-link');
    expect((await own()).status).toBe(201);
    expect(bodyOf(await api.get<User>('/api/v1/users/me'), 200).email_verified_at).toEqual(expect.any(String));
  });

  it('an address that is to be verified is asked of nobody but of customers who order for themselves', async () => {
    const bench = identityBench({ url });
    const shop = new Shop(sharedStack(), bench.tenant);
    const { sku } = await shop.sell();
    await bench.somebody();
    const admin = await bench.admin();
    const program = new ApiClient(url, await sharedStack().token('customer', { sub: 'till-7', tenant: bench.tenant }));
    const asked = orderOf({ [sku]: 1 });
    for (const [by, body] of [
      [admin, asked],
      [program, { ...asked, customerId: undefined }],
    ] as const)
      expect((await by.post('/api/v1/orders', body)).status).toBe(201);
  });
});
