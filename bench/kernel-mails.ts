import { randomUUID } from 'node:crypto';
import { sendEmail } from '../functions/notifications/delivery/send-email.ts';
import { recipientBoundary } from '../functions/notifications/inbox/notification.ts';
import { sendNotice } from '../functions/notifications/notices/send-notice.ts';
import { notifications } from '../functions/notifications/service.ts';
import { appEnvironment, withLocalDefaults } from '../infra/local/app-environment.ts';
import type { StackFile } from '../infra/local/stack-file.ts';
import { createRuntime } from '../shared/app/create-runtime.ts';
import type { Bus } from '../shared/bus/bus.ts';
import { openBus } from '../shared/bus/open-bus.ts';
import { answers } from '../shared/capabilities/answers.ts';
import { defineService } from '../shared/capabilities/define-service.ts';
import { EffectLane } from '../shared/effects/effect-lane.ts';
import { EmailSent } from '../shared/events/contracts/notifications.ts';
import { ContactOfCustomer } from '../shared/lookups/contact-of-customer.ts';
import { ContactOfUser } from '../shared/lookups/contact-of-user.ts';
import { DeletedUser } from '../shared/lookups/deleted-user.ts';
import { storedBoundary } from '../shared/persistence/documents/stored-document.ts';
import { Reader } from '../shared/persistence/reading/reader.ts';
import { readSettings } from '../shared/settings/settings.ts';

const tenant = 'main';

/** Everybody has an address. */
const people = defineService({
  name: 'people',
  summary: 'Whoever mails go to.',
  capabilities: [
    answers(ContactOfUser, async ({ userId }) => ({ email: `${userId}@example.com` })),
    answers(DeletedUser, async () => undefined),
    answers(ContactOfCustomer, async () => undefined),
  ],
});

/** Mails of one process on the servers of a stack: each is asked for by a commit, and awaited until the bus was told that it is sent. */
export interface KernelMails extends AsyncDisposable {
  send(): Promise<void>;
}

export async function kernelMails(stack: StackFile, mailFolder: string): Promise<KernelMails> {
  const environment = appEnvironment(withLocalDefaults({ MAIL_PROVIDER: 'file' }), { ...stack, mailFolder }, 0);
  const settings = readSettings([notifications], environment);
  const told = new Map<string, () => void>();
  const bus = hearing(await openBus(settings), (recipientId) => told.get(recipientId)?.());
  const runtime = createRuntime({
    settings,
    services: [notifications, people],
    lookups: [ContactOfUser, ContactOfCustomer, DeletedUser],
    bus,
  });
  const service = notifications.name;
  const lane = new EffectLane(sendEmail, service, runtime);
  return {
    async send() {
      const recipientId = randomUUID();
      const isTold = Promise.withResolvers<void>();
      told.set(recipientId, isTold.resolve);
      const id = runtime.newId();
      const cause = { tenant, correlationId: id };
      const boundary = storedBoundary(tenant, recipientBoundary(recipientId));
      const work = runtime.openUnitOfWork({ service, boundary, cause });
      const event = { id, time: runtime.clock.now().toISOString(), subject: `user/${recipientId}` };
      const notice = { recipientId, template: 'welcome', parameters: {} } as const;
      await sendNotice(work, event, notice, {
        now: runtime.clock.now(),
        settings,
        reader: new Reader(runtime.containerOf(service), tenant),
        lookup: runtime.lookupOf(tenant),
      });
      await work.commit();
      await isTold.promise;
      told.delete(recipientId);
    },
    async [Symbol.asyncDispose]() {
      await lane.stop();
      await runtime.dispatcher.drain();
      await runtime.transport.close();
      await Promise.all([runtime.consumers.close(), runtime.topicReader.close()]);
    },
  };
}

/** The bus, heard by whoever waits for a mail: told once the bus has the event that says so. */
function hearing(bus: Bus, hear: (recipientId: string) => void): Bus {
  const { transport } = bus;
  return {
    ...bus,
    transport: {
      name: transport.name,
      ping: () => transport.ping(),
      close: () => transport.close(),
      async send(messages) {
        await transport.send(messages);
        for (const { headers, key } of messages)
          if (headers.type === EmailSent.type) hear(key.slice(tenant.length + 1));
      },
    },
  };
}
