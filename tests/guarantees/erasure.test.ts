import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AddressClaim } from '../../functions/identity/address/address-claim.ts';
import { addressBoundary, addressKey } from '../../functions/identity/address/email-address.ts';
import { deleteUser } from '../../functions/identity/administration/delete-user.ts';
import { Profile } from '../../functions/identity/user/profile.ts';
import { register, User, userBoundary } from '../../functions/identity/user/user.ts';
import { eraseInbox } from '../../functions/notifications/inbox/erase-inbox.ts';
import { notifyOfNewDevice } from '../../functions/notifications/notices/notify-of-new-device.ts';
import { welcomeUser } from '../../functions/notifications/notices/welcome-user.ts';
import { notifications } from '../../functions/notifications/service.ts';
import { UserCreated, UserDeleted, UserLogin } from '../../shared/events/contracts/identity.ts';
import { benchSettings } from '../rigs/bench-settings.ts';
import { type ConsumerBench, consumerBench } from '../rigs/kernel/consumer-bench.ts';
import { refuse } from '../rigs/kernel/fault-script.ts';
import { service } from '../rigs/kernel/kernel-bench.ts';
import { recordOf } from '../rigs/kernel/records.ts';
import { request } from '../rigs/kernel/request.ts';
import { runtimeBench } from '../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../rigs/kernel/serve-endpoint.ts';

const at = '2026-11-22T09:59:00.000Z';

/** What people are told goes out as mails, too: those are due until somebody sends them, and here nobody does. */
const ofNotifications = { settings: benchSettings([notifications], { MAIL_PROVIDER: 'file', MAIL_FOLDER: 'none' }) };

/** Somebody who registers, logs in and is deleted: the records of that, and what is left of them. */
function somebody(bench: ConsumerBench) {
  const userId = randomUUID();
  const boundary = `main/recipient:${userId}`;
  const login = { userId, sessionId: randomUUID(), device: 'a phone', isNewDevice: true, at };
  return {
    created: recordOf(UserCreated({ userId, roles: ['customer'], createdAt: at })),
    login: recordOf(UserLogin(login)),
    deleted: recordOf(UserDeleted({ userId, by: 'admin-1' })),
    /** What is in the inbox that the kernel does not need. */
    async left() {
      const kinds = new Set((await bench.documents(boundary)).map(({ kind }) => kind));
      return [...kinds].filter((kind) => kind !== 'outbox' && kind !== 'tombstone');
    },
    sent: async () =>
      (await bench.owed(boundary)).filter(({ envelope }) => envelope.type === 'notification.sent').length,
  };
}

type Step = 'created' | 'login' | 'deleted';
type Batch = readonly Step[];

/** Delivers the batches, and looks after each what is left, and whether anything was sent once the person was gone. */
async function expectErased(bench: ConsumerBench, batches: readonly Batch[]): Promise<void> {
  const person = somebody(bench);
  const before = new Set<Step>();
  let isGone = false;
  for (const batch of batches) {
    for (const step of batch) {
      isGone ||= step === 'deleted';
      if (!isGone) before.add(step);
    }
    const records = batch.map((step) => person[step]);
    await bench.consume(records, welcomeUser, notifyOfNewDevice, eraseInbox);
    if (!isGone) continue;
    expect({ batches, left: await person.left(), sent: await person.sent() }).toEqual({
      batches,
      left: [],
      sent: before.size,
    });
  }
}

/** Every way to cut a row of events into batches. */
function* cutsOf(events: Batch): Generator<readonly Batch[]> {
  for (let cut = 0; cut < 2 ** (events.length - 1); cut += 1) {
    const batches: Step[][] = [[]];
    for (const [index, event] of events.entries()) {
      batches.at(-1)?.push(event);
      if (index < events.length - 1 && (cut >> index) % 2 === 1) batches.push([]);
    }
    yield batches;
  }
}

describe('somebody who is deleted', () => {
  it('nothing of a user is left or sent when their creation and deletion come three times, cut into batches in any way', async () => {
    const bench = await consumerBench(ofNotifications);
    const thrice: Batch = ['created', 'deleted', 'created', 'deleted', 'created', 'deleted'];
    for (const batches of cutsOf(thrice)) await expectErased(bench, batches);
  });

  it('nothing of a user is left or sent whatever of theirs is delivered, in any order, once they are deleted', async () => {
    const bench = await consumerBench(ofNotifications);
    const event = fc.constantFrom<Step>('created', 'login', 'deleted');
    const batch = fc.array(event, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { maxLength: 4 }), (batches) => expectErased(bench, batches)),
      { numRuns: 60 },
    );
  });
});

describe('an address that is freed', () => {
  it('an address stays with whoever registers under it while its last user is deleted twice at once', async () => {
    const bench = await runtimeBench();
    const stage = { service, runtime: bench.runtime };
    const [gone, newcomer] = [randomUUID(), randomUUID()];
    const [email, key] = ['ann@example.com', addressKey('ann@example.com')];
    const deletion = () => serveEndpoint(deleteUser, request({ method: 'DELETE', params: { id: gone } }), stage);
    const claimFor = async (userId: string) => {
      const door = bench.open(`main/${addressBoundary(email)}`);
      (await door.load(AddressClaim, key)).put({ userId });
      await door.commit();
    };
    await claimFor(gone);
    const work = bench.open(`main/${userBoundary(gone)}`);
    (await work.load(User, gone)).record(register(gone, ['customer'], at));
    (await work.load(Profile, gone)).put({ email, addresses: [] });
    await work.commit();

    // The address is to be freed, and the store asks to come back later: meanwhile it changes hands.
    bench.faults.next('Batch', { kind: 'serve' }, refuse(503));
    bench.clock.duringNextWait(async () => {
      expect((await deletion()).status).toBe(204);
      await claimFor(newcomer);
    });
    expect((await deletion()).status).toBe(204);
    const door = bench.open(`main/${addressBoundary(email)}`);
    expect((await door.load(AddressClaim, key)).current).toEqual({ userId: newcomer });
  });
});
