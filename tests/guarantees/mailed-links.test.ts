import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { addressBoundary } from '../../functions/identity/address/email-address.ts';
import { deactivateUser } from '../../functions/identity/administration/deactivate-user.ts';
import { deleteUser } from '../../functions/identity/administration/delete-user.ts';
import { changePassword } from '../../functions/identity/login/change-password.ts';
import { logIn } from '../../functions/identity/login/log-in.ts';
import { leastPasswordCost } from '../../functions/identity/password/password-cost.ts';
import { beginPasswordReset } from '../../functions/identity/password-reset/begin-password-reset.ts';
import { confirmPasswordReset } from '../../functions/identity/password-reset/confirm-password-reset.ts';
import { requestPasswordReset } from '../../functions/identity/password-reset/request-password-reset.ts';
import { identity } from '../../functions/identity/service.ts';
import { listOwnSessions } from '../../functions/identity/session/list-own-sessions.ts';
import { getOwnUser } from '../../functions/identity/user/get-own-user.ts';
import { registerUser } from '../../functions/identity/user/register-user.ts';
import { userBoundary } from '../../functions/identity/user/user.ts';
import { requestVerification } from '../../functions/identity/verification/request-verification.ts';
import { verifyEmail } from '../../functions/identity/verification/verify-email.ts';
import { lookupOwners, lookupsBy } from '../../shared/app/lookup-owners.ts';
import { WorkQueue } from '../../shared/async/work-queue.ts';
import type { Endpoint } from '../../shared/capabilities/endpoint.ts';
import { AccountLink } from '../../shared/lookups/account-link.ts';
import { createSigningKeys, rotateSigningKeys, SigningKeysText } from '../../shared/security/signing-keys.ts';
import { sweep } from '../../shared/sweep/sweep.ts';
import { benchSettings } from '../rigs/bench-settings.ts';
import { service } from '../rigs/kernel/kernel-bench.ts';
import { type RequestParts, request } from '../rigs/kernel/request.ts';
import { runtimeBench } from '../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../rigs/kernel/serve-endpoint.ts';
import { eventually } from '../rigs/stack/eventually.ts';

const minute = 60_000;
const hour = 60 * minute;
const email = 'ann@example.com';
const [first, second, third] = ['Admin123', 'Better123', 'Another123'];
/** What a request does itself: what was sent to the bus is taken out of the outbox in bulk, whenever that is. */
const operations = ['Read', 'Query', 'Create', 'Upsert', 'Replace', 'Delete', 'Batch'];

const Told = z.object({
  data: z.looseObject({ userId: z.string(), requestId: z.string().optional() }),
});

/** Identity on a store and a clock that the test owns, with keys that can be rotated. */
async function office(environment: Readonly<Record<string, string>> = {}) {
  const bench = await runtimeBench();
  const settings = benchSettings([identity], { PASSWORD_COST: leastPasswordCost, ...environment });
  let keys = SigningKeysText.parse(await createSigningKeys());
  const signingKeys = { now: () => keys, recent: () => keys };
  const { answers } = identity;
  const owners = lookupOwners(
    [{ name: service, answers }],
    answers.map(({ lookup }) => lookup),
  );
  const lookupOf = lookupsBy(owners, { ...bench, settings, signingKeys });
  const heavyWork = new WorkQueue({ atOnce: 2, waiting: 20 });
  const runtime = { ...bench.runtime, settings, signingKeys, lookupOf, heavyWork };
  const call = async (endpoint: Endpoint, parts: RequestParts) => {
    const { status, body = '' } = await serveEndpoint(endpoint, request(parts), { service, runtime });
    return { status, body: body === '' ? undefined : JSON.parse(body) };
  };
  const by = (userId: string) => ({ headers: { authorization: `Bearer ${userId}` } });
  const told = (type: string) =>
    bench.transport.requests
      .flat()
      .map(({ value }) => JSON.parse(value))
      .filter((event) => event.type === type)
      .map((event) => Told.parse(event));
  const tokenOf = async (purpose: 'password-reset' | 'email-verification', userId: string, requestId: string) => {
    const found = await lookupOf('main')(AccountLink, { userId, purpose, requestId });
    return found && new URLSearchParams(new URL(found.link).hash.slice(1)).get('token');
  };
  const tokens = async (purpose: 'password-reset' | 'email-verification', count: number) => {
    const events = await eventually(() => {
      const all = told(`user.${purpose.replace('-', '.')}.requested`);
      expect(all).toHaveLength(count);
      return all;
    });
    return Promise.all(events.map(({ data: { userId, requestId = '' } }) => tokenOf(purpose, userId, requestId)));
  };
  const later = { name: service, deadlines: [beginPasswordReset] };
  return {
    ...bench,
    call,
    told,
    async register(address = email) {
      const { status, body } = await call(registerUser, { body: { email: address, password: first } });
      expect(status).toBe(201);
      return z.object({ id: z.string() }).parse(body).id;
    },
    logIn: async (password: string) => (await call(logIn, { body: { username: email, password } })).status,
    ask: (address = email, tenant = 'main') =>
      call(requestPasswordReset, { body: { email: address }, headers: { 'x-tenant': tenant } }),
    /** What follows from having asked. */
    async follow() {
      bench.clock.pass(10_000);
      await sweep([later], runtime);
    },
    /** The links of the mails so far, as each would be sent now. */
    resetTokens: (count: number) => tokens('password-reset', count),
    verificationTokens: (count: number) => tokens('email-verification', count),
    confirm: async (token: string | null | undefined, password = second) =>
      (await call(confirmPasswordReset, { body: { token, password } })).status,
    verify: async (token: string | null | undefined) => (await call(verifyEmail, { body: { token } })).status,
    askToVerify: (userId: string) => call(requestVerification, by(userId)),
    isVerified: async (userId: string) =>
      (await call(getOwnUser, { method: 'GET', ...by(userId) })).body.email_verified_at !== undefined,
    sessions: async (userId: string) => (await call(listOwnSessions, { method: 'GET', ...by(userId) })).body.items,
    change: async (userId: string) =>
      (await call(changePassword, { body: { old_password: first, new_password: third }, ...by(userId) })).status,
    admin: async (endpoint: Endpoint, userId: string) =>
      (await call(endpoint, { params: { id: userId }, ...by('boss') })).status,
    async rotate() {
      keys = SigningKeysText.parse(await rotateSigningKeys(keys, { now: bench.clock.now(), retireAfterMs: hour }));
    },
    /** Everything that the store has. */
    async stored(userId: string) {
      const names = [userBoundary(userId), addressBoundary(email)];
      return JSON.stringify(await Promise.all(names.map((name) => bench.documents(`main/${name}`))));
    },
  };
}

/** How many requests of each kind the store gets for it. */
async function costOf({ faults }: Pick<Awaited<ReturnType<typeof office>>, 'faults'>, work: () => Promise<unknown>) {
  faults.recount();
  const answer = await work();
  return { answer, requests: operations.map((operation) => [operation, faults.count(operation)]) };
}

describe('asking for a new password', () => {
  it('asking for a new password gets the same answer after the same requests to the store, whoever the address is of', async () => {
    const bench = await office();
    await bench.register();
    const [gone, locked] = [await bench.register('gone@example.com'), await bench.register('locked@example.com')];
    expect(await bench.admin(deleteUser, gone)).toBe(204);
    expect(await bench.admin(deactivateUser, locked)).toBe(200);
    const ofAnn = await costOf(bench, () => bench.ask());
    expect(ofAnn.answer).toEqual({ status: 202, body: undefined });
    for (const address of ['nobody@example.com', 'gone@example.com', 'locked@example.com', 'no address'])
      expect([address, await costOf(bench, () => bench.ask(address))]).toEqual([address, ofAnn]);
    expect(await costOf(bench, () => bench.ask(email, 'other'))).toEqual(ofAnn);
    await bench.follow();
    expect(await bench.resetTokens(1)).toEqual([expect.any(String)]);
  });

  it('asking for a new password brings three mails an hour to an address, however often it is asked', async () => {
    const bench = await office();
    await bench.register();
    for (const sofar of [0, 3]) {
      const answers = await Promise.all(Array.from({ length: 8 }, () => bench.ask()));
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
      await bench.follow();
      await bench.resetTokens(sofar + 3);
      bench.clock.pass(hour);
    }
  });

  it('asking for a new password tells of it once, though what follows is done again after a crash', async () => {
    const bench = await office();
    await bench.register();
    await bench.ask();
    bench.clock.pass(10_000);
    // The second commit of the visit, which says that it is over.
    const isOver = bench.faults.allAfter(1, 'Batch', { kind: 'drop' });
    await bench.follow();
    expect(isOver()).toBe(true);
    await bench.resetTokens(1);
    for (const _ of [1, 2, 3]) {
      bench.clock.pass(hour / 6);
      await bench.follow();
    }
    await bench.resetTokens(1);
    expect(bench.told('user.password.reset.requested')).toHaveLength(1);
  });

  it('no document and no event has what the link of a mail carries', async () => {
    const bench = await office();
    const userId = await bench.register();
    await bench.ask();
    await bench.follow();
    const [token] = await bench.resetTokens(1);
    const secret = token?.split('.')[1] ?? '';
    expect(secret).toHaveLength(43);
    expect(await bench.stored(userId)).not.toContain(secret);
    expect(JSON.stringify(bench.transport.requests)).not.toContain(secret);
  });
});

describe('a link by which a password is set', () => {
  /** Somebody whose mail has come. */
  async function withLink(environment?: Readonly<Record<string, string>>) {
    const bench = await office(environment);
    const userId = await bench.register();
    await bench.ask();
    await bench.follow();
    const [token] = await bench.resetTokens(1);
    return { ...bench, userId, token };
  }

  it('a link by which a password is set works once, of ten at once, and ends all sessions', async () => {
    const { token, confirm, logIn, sessions, userId, isVerified } = await withLink();
    expect(await logIn(first)).toBe(200);
    expect(await sessions(userId)).toHaveLength(1);
    const statuses = await Promise.all(Array.from({ length: 10 }, (_, n) => confirm(token, `Better12${n}`)));
    expect(statuses.toSorted()).toEqual([204, ...Array(9).fill(422)]);
    expect(await logIn(first)).toBe(401);
    expect(await logIn(`Better12${statuses.indexOf(204)}`)).toBe(200);
    expect(await sessions(userId)).toHaveLength(1);
    expect(await isVerified(userId)).toBe(true);
    expect(await confirm(token)).toBe(422);
  });

  it.each([
    ['is used where a crash came after the password was stored', 'apply-then-drop', 422],
    ['is still good where a crash came before the password was stored', 'drop', 204],
  ] as const)('a link by which a password is set %s', async (_, kind, again) => {
    const { token, confirm, logIn, faults } = await withLink();
    // What was counted goes by the first commit.
    expect(await logIn('Wrong123')).toBe(401);
    const crashed = faults.allAfter(1, 'Batch', { kind });
    expect(await confirm(token)).toBe(503);
    expect(crashed()).toBe(true);
    expect(await confirm(token)).toBe(again);
    expect(await confirm(token, third)).toBe(422);
    expect(await logIn(second)).toBe(200);
  });

  it('a link by which a password is set sets it though an answer of the store is lost', async () => {
    const { token, confirm, logIn, faults } = await withLink();
    expect(await logIn('Wrong123')).toBe(401);
    faults.next('Batch', { kind: 'serve' }, { kind: 'apply-then-drop' });
    expect([await confirm(token), await confirm(token), await confirm(token, third)]).toEqual([204, 422, 422]);
    expect(await logIn(second)).toBe(200);
  });

  it('a link by which a password is set is answered again under its Idempotency-Key, to whoever sends the same password', async () => {
    const { token, call } = await withLink();
    const confirm = async (password: string) =>
      (await call(confirmPasswordReset, { body: { token, password }, headers: { 'idempotency-key': 'k' } })).status;
    expect([await confirm(second), await confirm(second)]).toEqual([204, 204]);
    const guesses = [];
    for (let guess = 0; guess < 12; guess += 1) guesses.push(await confirm(`Guessed1${guess}`));
    expect(guesses.filter((status) => status === 422)).toHaveLength(9);
    expect(guesses.slice(9)).toEqual([429, 429, 429]);
  });

  it('a link by which a password is set is ended by a newer one', async () => {
    const bench = await withLink();
    await bench.ask();
    await bench.follow();
    const [, newer] = await bench.resetTokens(2);
    expect(newer).not.toBe(bench.token);
    expect(await bench.confirm(bench.token)).toBe(422);
    expect(await bench.confirm(newer)).toBe(204);
  });

  it('a link by which a password is set lasts for PASSWORD_RESET_LIFETIME from when it was asked for', async () => {
    const { token, confirm, clock, resetTokens } = await withLink({ PASSWORD_RESET_LIFETIME: 'PT10M' });
    clock.pass(10 * minute - 10_000 - 1);
    expect(await confirm(token, 'weak')).toBe(422);
    expect(await resetTokens(1)).toEqual([token]);
    clock.pass(1);
    expect(await resetTokens(1)).toEqual([undefined]);
    expect(await confirm(token)).toBe(422);
  });

  it('a link by which a password is set survives a password that does not do, and a rotation of keys before its mail', async () => {
    const { token, confirm, rotate, resetTokens, logIn } = await withLink();
    expect(await confirm(token, 'weak')).toBe(422);
    await rotate();
    expect(await resetTokens(1)).toEqual([token]);
    expect(await confirm(token)).toBe(204);
    expect(await logIn(second)).toBe(200);
  });

  it('a link by which a password is set is ended by a change of the password', async () => {
    const { token, confirm, change, userId } = await withLink();
    expect(await change(userId)).toBe(204);
    expect(await confirm(token)).toBe(422);
  });

  it('a link by which a password is set is worth nothing while its user is deactivated, and after they are deleted', async () => {
    const { token, confirm, admin, userId, resetTokens } = await withLink();
    expect(await admin(deactivateUser, userId)).toBe(200);
    expect(await confirm(token)).toBe(422);
    expect(await resetTokens(1)).toEqual([undefined]);
    expect(await admin(deleteUser, userId)).toBe(204);
    expect(await confirm(token)).toBe(422);
  });

  it('a link by which a password is set opens an address that wrong passwords have locked', async () => {
    const { token, confirm, logIn } = await withLink();
    for (let wrong = 0; wrong < 10; wrong += 1) await logIn('Wrong123');
    expect(await logIn(first)).toBe(429);
    expect(await confirm(token)).toBe(204);
    expect(await logIn(second)).toBe(200);
  });

  it('a link by which a password is set verifies no address, and one that verifies sets no password', async () => {
    const { token, confirm, verify, askToVerify, verificationTokens, userId } = await withLink();
    expect(await verify(token)).toBe(422);
    await askToVerify(userId);
    const [other] = await verificationTokens(1);
    expect(await confirm(other)).toBe(422);
    expect(await verify(other)).toBe(204);
  });
});

describe('a link that verifies an address', () => {
  it('a link that verifies an address works once, of ten at once, for EMAIL_VERIFICATION_LIFETIME, and is ended by a newer one', async () => {
    const bench = await office({ EMAIL_VERIFICATION_LIFETIME: 'PT2H' });
    const userId = await bench.register();
    for (const _ of [1, 2]) expect(await bench.askToVerify(userId)).toEqual({ status: 202, body: undefined });
    const [older, newer] = await bench.verificationTokens(2);
    expect(await bench.verify(older)).toBe(422);
    expect(await bench.isVerified(userId)).toBe(false);
    const statuses = await Promise.all(Array.from({ length: 10 }, () => bench.verify(newer)));
    expect(statuses.toSorted()).toEqual([204, ...Array(9).fill(422)]);
    expect(await bench.isVerified(userId)).toBe(true);
    await bench.askToVerify(userId);
    expect(await bench.verificationTokens(2)).toEqual([undefined, undefined]);

    const other = await bench.register('bob@example.com');
    await bench.askToVerify(other);
    const [, , late] = await bench.verificationTokens(3);
    bench.clock.pass(2 * hour);
    expect(await bench.verify(late)).toBe(422);
  });

  it('a link that verifies an address is sent three times an hour at most, the one of the registration with them', async () => {
    const bench = await office({ VERIFY_EMAIL: 'on' });
    const userId = await bench.register();
    for (let times = 0; times < 5; times += 1) expect((await bench.askToVerify(userId)).status).toBe(202);
    await bench.verificationTokens(3);
    bench.clock.pass(hour);
    await bench.askToVerify(userId);
    await bench.verificationTokens(4);
  });
});
