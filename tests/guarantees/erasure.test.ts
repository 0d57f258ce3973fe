import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eraseInbox } from '../../functions/notifications/erase-inbox.ts';
import { notifyOfNewDevice } from '../../functions/notifications/notify-of-new-device.ts';
import { welcomeUser } from '../../functions/notifications/welcome-user.ts';
import { UserCreated, UserDeleted, UserLogin } from '../../shared/events/contracts/identity.ts';
import { type ConsumerBench, consumerBench } from '../rigs/kernel/consumer-bench.ts';
import { recordOf } from '../rigs/kernel/records.ts';

const at = '2026-11-22T09:59:00.000Z';

/** Somebody who registers, logs in and is deleted: the records of that, and what is left of them. */
function somebody(bench: ConsumerBench) {
  const userId = randomUUID();
  const boundary = `main/recipient:${userId}`;
  const login = { userId, sessionId: randomUUID(), device: 'a phone', isNewDevice: true, at };
  return {
    created: recordOf(UserCreated({ userId, roles: ['customer'], createdAt: at })),
    login: recordOf(UserLogin(login)),
    deleted: recordOf(UserDeleted({ userId })),
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
    const bench = await consumerBench();
    const thrice: Batch = ['created', 'deleted', 'created', 'deleted', 'created', 'deleted'];
    for (const batches of cutsOf(thrice)) await expectErased(bench, batches);
  });

  it('nothing of a user is left or sent whatever of theirs is delivered, in any order, once they are deleted', async () => {
    const bench = await consumerBench();
    const event = fc.constantFrom<Step>('created', 'login', 'deleted');
    const batch = fc.array(event, { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(batch, { maxLength: 4 }), (batches) => expectErased(bench, batches)),
      { numRuns: 60 },
    );
  });
});
