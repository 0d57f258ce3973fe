import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import type { z } from 'zod';
import { sendEmail } from '../../../functions/notifications/delivery/send-email.ts';
import { sendSms } from '../../../functions/notifications/delivery/send-sms.ts';
import { Preferences, preferencesId, type Wishes } from '../../../functions/notifications/preferences/preferences.ts';
import { notifications } from '../../../functions/notifications/service.ts';
import { lookupOwners, lookupsBy } from '../../../shared/app/lookup-owners.ts';
import type { ReceivedRecord } from '../../../shared/bus/received-record.ts';
import { answers } from '../../../shared/capabilities/answers.ts';
import { defineService } from '../../../shared/capabilities/define-service.ts';
import type { Effect } from '../../../shared/capabilities/effect.ts';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import { topicsOf } from '../../../shared/consuming/listening.ts';
import { EffectLane } from '../../../shared/effects/effect-lane.ts';
import { NotificationPreferencesUpdated } from '../../../shared/events/contracts/notifications.ts';
import type { DomainEvent } from '../../../shared/events/define-event.ts';
import type { Topic } from '../../../shared/events/topics.ts';
import { ConsentOfCustomer } from '../../../shared/lookups/consent-of-customer.ts';
import { ContactOfCustomer } from '../../../shared/lookups/contact-of-customer.ts';
import { ContactOfUser } from '../../../shared/lookups/contact-of-user.ts';
import { DeletedUser } from '../../../shared/lookups/deleted-user.ts';
import { consumeDependencies } from '../../../shared/runtime/consume-dependencies.ts';
import { DueAtOnce } from '../../../shared/runtime/due-at-once.ts';
import { benchSettings } from '../bench-settings.ts';
import { service } from '../kernel/kernel-bench.ts';
import { recordOf } from '../kernel/records.ts';
import { runtimeBench } from '../kernel/runtime-bench.ts';

const gone = { isDeleted: true } as const;

type Contact = z.input<typeof ContactOfUser.output>;

/** Notifications with people whom a test makes up, its own clock, and providers that write files, unless the settings say otherwise. */
export async function deliveryBench(env: Readonly<Record<string, string>> = {}) {
  const bench = await runtimeBench(undefined, { indexes: notifications.indexes });
  const folder = mkdtempSync(path.join(tmpdir(), 'lagerhaus-deliveries-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [mail, sms] = [path.join(folder, 'mail'), path.join(folder, 'sms')];
  const settings = benchSettings([notifications], {
    MAIL_PROVIDER: 'file',
    MAIL_FOLDER: mail,
    SMS_PROVIDER: 'file',
    SMS_FOLDER: sms,
    ...env,
  });
  /** Who there is, and how they are reached; whoever is deleted has no contact. */
  const people = new Map<string, Contact | 'deleted'>();
  /** What is noted of those who have no account. */
  const customers = new Map<string, z.input<typeof ContactOfCustomer.output>>();
  /** Whoever wants no campaigns, as customers know it at the moment. */
  const unwilling = new Set<string>();
  const identity = defineService({
    name: service,
    summary: 'Those whom a test makes up.',
    capabilities: [
      answers(ContactOfUser, async ({ userId }) => {
        const known = people.get(userId);
        return known === 'deleted' ? undefined : known;
      }),
      answers(DeletedUser, async ({ userId }) => (people.get(userId) === 'deleted' ? gone : undefined)),
      answers(ContactOfCustomer, async ({ customerId }) => customers.get(customerId)),
      answers(ConsentOfCustomer, async ({ customerId }) => ({ isGranted: !unwilling.has(customerId) })),
    ],
  });
  const lookupOf = lookupsBy(
    lookupOwners([identity], [ContactOfUser, ContactOfCustomer, ConsentOfCustomer, DeletedUser]),
    { ...bench.runtime, settings },
  );
  const runtime = { ...bench.runtime, settings, lookupOf };
  /** It sees what the sweep finds: when that is, is the test's to say. */
  const laneOf = (effect: Effect) =>
    new EffectLane(effect, service, { ...runtime, dueAtOnce: new DueAtOnce(bench.clock) });
  const lanes = [sendEmail, sendSms].map(laneOf);
  const hearRecords = async (topic: Topic, records: readonly ReceivedRecord[]) => {
    const reactions = notifications.subscribers.filter(({ on }) => topicsOf(on).includes(topic));
    const consumer = { name: `notifications-on-${topic}`, service, topic, reactions };
    await consumeBatch(records, consumer, consumeDependencies(service, runtime));
  };
  const boundaryOf = (recipientId: string) => `main/recipient:${recipientId}`;
  const filesIn = (where: string) =>
    existsSync(where) ? readdirSync(where).map((name) => readFileSync(path.join(where, name), 'utf8')) : [];
  return {
    ...bench,
    runtime,
    people,
    customers,
    unwilling,
    mailFolder: mail,
    mails: () => filesIn(mail),
    texts: () => filesIn(sms),
    /** Has notifications hear of what happened elsewhere. */
    async hear(...events: readonly DomainEvent[]) {
      for (const event of events) await hearRecords(event.definition.topic, [recordOf(event)]);
    },
    hearRecords,
    async wish(recipientId: string, wishes: Wishes) {
      const work = bench.open(boundaryOf(recipientId));
      const at = bench.clock.now().toISOString();
      (await work.load(Preferences, preferencesId)).record(
        NotificationPreferencesUpdated({ recipientId, ...wishes, at }),
      );
      await work.commit();
    },
    /** Another instance, on which an effect goes otherwise. */
    laneOf,
    /** What is due is found and sent. */
    async sweep(after = 0, by: readonly EffectLane[] = lanes) {
      bench.clock.pass(after);
      await Promise.all(by.map((lane) => lane.sweep()));
      await Promise.all(by.map((lane) => lane.idle()));
    },
    deliveries: async (recipientId: string) =>
      (await bench.documents(boundaryOf(recipientId))).filter(({ kind }) => kind.endsWith('-delivery')),
    /** What was told of the deliveries of somebody, each once. */
    async told(recipientId: string) {
      const owed = (await bench.owed(boundaryOf(recipientId))).map(({ envelope }) => envelope);
      const all = new Map([...bench.transport.sent, ...owed].map((envelope) => [envelope.id, envelope]));
      return [...all.values()].filter(
        ({ subject, data }) => subject.startsWith('delivery/') && data.recipientId === recipientId,
      );
    },
  };
}
