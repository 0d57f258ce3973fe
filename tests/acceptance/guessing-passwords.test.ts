import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { password, type Tokens } from '../rigs/clients/accounts.ts';
import { type Answer, bodyOf, type CallOptions } from '../rigs/clients/api-client.ts';
import { cosmosDatabase } from '../rigs/clients/cosmos-database.ts';
import type { Problem } from '../rigs/clients/shop.ts';
import { controlClient } from '../rigs/stack/control-client.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { identityBench } from './identity-bench.ts';
import { sharedStack } from './open-shop.ts';

const { control = '', controlToken = '' } = inject('stack');
/** An instance of its own on the shared stack, behind a proxy that tells who calls. */
const proxied = controlClient(control, controlToken).functions('proxied');
let url: string;

beforeAll(async () => {
  url = await proxied.start({ ENABLED_SERVICES: 'identity', TRUSTED_PROXIES: '1' });
});
afterAll(() => proxied.stop());

const email = 'ann@example.com';
const from = (address: string, options: CallOptions = {}): CallOptions => ({
  ...options,
  headers: { 'x-forwarded-for': address, ...options.headers },
});
const [home, elsewhere] = ['203.0.113.7', '198.51.100.1'];
const statusesOf = (answers: readonly Answer<unknown>[]) => answers.map(({ status }) => status);
const tooMany = { status: 429, body: { type: '/problems/too-many-attempts' } };

const Told = z.looseObject({ subject: z.string(), kind: z.string() });

/** What security has heard of a tenant. */
async function lockEvents(tenant: string, kind = 'address-locked') {
  const bus = await sharedStack().observe('platform-events');
  onTestFinished(() => bus[Symbol.asyncDispose]());
  return () => {
    const events = bus.events('security.event').filter(({ envelope }) => envelope.tenantid === tenant);
    const all = events.map(({ envelope }) => Told.parse(envelope.data));
    return all.filter((one) => one.kind === kind);
  };
}

describe('wrong passwords', () => {
  it.each([
    ['somebody', email],
    ['nobody', 'nobody@example.com'],
  ])('ten wrong passwords of a client lock them out of the address of %s, however many come at once', async (_, address) => {
    const bench = identityBench({ url });
    await bench.somebody();
    const told = await lockEvents(bench.tenant);
    const guess = () => bench.logIn<Problem>(address, 'Wrong123', from(elsewhere));
    const answers = await Promise.all(Array.from({ length: 25 }, guess));
    expect(statusesOf(answers).toSorted()).toEqual([...Array(10).fill(401), ...Array(15).fill(429)]);
    for (const answer of answers.filter(({ status }) => status === 429)) {
      expect(answer).toMatchObject(tooMany);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(800);
    }
    expect(await bench.logIn(address, password, from(elsewhere))).toMatchObject(tooMany);
    expect((await bench.logIn(address, password, from(home))).status).toBe(address === email ? 200 : 401);
    await eventually(() => expect(told()).toMatchObject([{ kind: 'address-locked' }]));
    expect(JSON.stringify(told())).not.toContain(address);
  });

  it('security hears of each wrong password under a name of the address that nobody can try out, and another one once it is erased', async () => {
    const bench = identityBench({ url });
    const { user } = await bench.somebody();
    const told = await lockEvents(bench.tenant, 'login-failed');
    const names = () => told().map(({ subject }) => /^address\/([0-9a-f]{64})\/login\//.exec(subject)?.[1]);
    for (let times = 0; times < 2; times += 1) await bench.logIn(email, 'Wrong123', from(elsewhere));
    await eventually(() => expect(names()).toHaveLength(2));
    expect(new Set(names()).size).toBe(1);
    expect(names()).not.toContain(
      createHash('sha256')
        .update(JSON.stringify([email]))
        .digest('hex'),
    );
    expect((await (await bench.admin()).delete(`/api/v1/users/${user.id}`)).status).toBe(204);
    await bench.logIn(email, 'Wrong123', from(elsewhere));
    await eventually(() => expect(names()).toHaveLength(3));
    expect(new Set(names()).size).toBe(2);
  });

  it('wrong passwords of a client are forgotten after a login of theirs with the right one', async () => {
    const bench = identityBench({ url });
    await bench.somebody();
    for (const round of [1, 2]) {
      for (let wrong = 0; wrong < 9; wrong += 1) await bench.logIn(email, 'Wrong123', from(home));
      expect([round, (await bench.logIn(email, password, from(home))).status]).toEqual([round, 200]);
    }
  });

  it('a hundred wrong passwords lock every stranger out of an address, and no device that its owner has logged in with', async () => {
    const bench = identityBench({ url });
    const { tokens } = await bench.somebody();
    const renewed = bodyOf(await bench.refresh(tokens.refresh_token), 200);
    await bench.register('bob@example.com');
    const bob = bodyOf(await bench.logIn('bob@example.com'), 200);
    const told = await lockEvents(bench.tenant);
    await bench.logIn(email, 'Wrong123', from(elsewhere));
    await guessedBefore(bench.tenant, 98);
    const logIn = (attempt: string, deviceToken?: string, address = home) =>
      bench.logIn<Tokens>(email, attempt, from(address), { device_token: deviceToken });

    expect((await logIn('Wrong123', undefined, '192.0.2.99')).status).toBe(401);
    expect(await logIn(password)).toMatchObject(tooMany);
    expect(await logIn(password, bob.device_token)).toMatchObject(tooMany);
    expect(await logIn(password, `${tokens.device_token.slice(0, -1)}x`)).toMatchObject(tooMany);
    expect((await logIn(password, tokens.device_token)).status).toBe(200);
    expect((await logIn(password, renewed.device_token, elsewhere)).status).toBe(200);
    await eventually(() => expect(told()).toMatchObject([{ kind: 'address-locked' }]));

    const stolen = Array.from({ length: 12 }, () => logIn('Wrong123', tokens.device_token));
    expect(statusesOf(await Promise.all(stolen)).toSorted()).toEqual([...Array(10).fill(401), 429, 429]);
  });
});

describe('the old password of a change', () => {
  it('the old password of a change can be guessed ten times by each session, whatever strangers guess at the login', async () => {
    const bench = identityBench({ url });
    const { api } = await bench.somebody();
    const other = bench.client(bodyOf(await bench.logIn(email), 200));
    const strangers = Array.from({ length: 12 }, () => bench.logIn(email, 'Wrong123'));
    expect(statusesOf(await Promise.all(strangers))).toContain(429);
    const change = (by: typeof api, old_password: string) =>
      by.post<Problem>('/api/v1/users/me/password', { old_password, new_password: 'Better123' });

    const guesses = Array.from({ length: 12 }, () => change(other, 'Wrong123'));
    expect(statusesOf(await Promise.all(guesses)).toSorted()).toEqual([...Array(10).fill(401), 429, 429]);
    expect(await change(other, password)).toMatchObject(tooMany);
    expect((await change(api, password)).status).toBe(204);
  });

  it('the passwords of a change are not guessed by repeating it under its Idempotency-Key', async () => {
    const bench = identityBench({ url });
    const { api } = await bench.somebody();
    const idempotencyKey = randomUUID();
    const change = (old_password: string) =>
      api.post('/api/v1/users/me/password', { old_password, new_password: 'Better123' }, { idempotencyKey });
    expect((await change(password)).status).toBe(204);
    expect((await change(password)).status).toBe(204);
    // Whoever has stolen the session.
    const guesses = Array.from({ length: 12 }, (_, n) => change(`Wrong12${n}`));
    expect(statusesOf(await Promise.all(guesses)).toSorted()).toEqual([...Array(9).fill(422), 429, 429, 429]);
  });
});

describe('the password of a registration', () => {
  it('the password of a registration is guessed no more than ten times by repeating it under its Idempotency-Key', async () => {
    const bench = identityBench({ url });
    const register = (attempt: string, address: string) =>
      bench.register<Problem>(email, { password: attempt }, from(address, { idempotencyKey: '1' }));
    expect((await register(password, home)).status).toBe(201);
    const told = await lockEvents(bench.tenant);
    const guesses = Array.from({ length: 15 }, (_, n) => register(`Wrong12${n}`, elsewhere));
    expect(statusesOf(await Promise.all(guesses)).toSorted()).toEqual([...Array(10).fill(409), ...Array(5).fill(429)]);
    expect(await register(password, elsewhere)).toMatchObject(tooMany);
    expect(await bench.logIn(email, password, from(elsewhere))).toMatchObject(tooMany);
    const again = await register(password, home);
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([201, 'true']);
    await eventually(() => expect(told()).toMatchObject([{ kind: 'address-locked' }]));
  });
});

/** As if so many wrong passwords had just been given for the one address of the tenant by clients all over the world. */
async function guessedBefore(tenant: string, times: number): Promise<void> {
  const database = cosmosDatabase(sharedStack().cosmos);
  onTestFinished(() => database.client.dispose());
  const { items } = database.container('identity');
  const query = { query: 'SELECT * FROM c WHERE c.kind = @kind', parameters: [{ name: '@kind', value: 'guesses' }] };
  const { resources } = await items.query<StoredGuesses>(query).fetchAll();
  const guesses = resources.find(({ boundary, tries }) => boundary.startsWith(`${tenant}/`) && tries.length > 0);
  if (guesses === undefined) throw new Error('nobody has guessed yet');
  const { at = '' } = guesses.tries.at(-1) ?? {};
  const others = Array.from({ length: times }, (_, index) => ({ by: `clients/${index % 50}`, at }));
  await items.upsert({ ...guesses, tries: [...guesses.tries, ...others] });
}

interface StoredGuesses {
  readonly boundary: string;
  readonly tries: readonly { readonly by: string; readonly at: string }[];
}
