import { z } from 'zod';
import {
  type EffectContext,
  type EffectSpecification,
  effect,
  type ProviderAnswer,
} from '../../../shared/capabilities/effect.ts';
import { EffectLane } from '../../../shared/effects/effect-lane.ts';
import { defineEvent } from '../../../shared/events/define-event.ts';
import { defineAggregate } from '../../../shared/model/aggregate.ts';
import { dueAtOnce } from '../../../shared/model/due-at-once.ts';
import { DueAtOnce } from '../../../shared/runtime/due-at-once.ts';
import { service } from '../kernel/kernel-bench.ts';
import { type RuntimeBench, runtimeBench } from '../kernel/runtime-bench.ts';

const ofPostcard = {
  version: 1,
  topic: 'platform-events',
  subject: ({ postcard }: { postcard: string }) => `postcard/${postcard}`,
  partitionKey: ({ postcard }: { postcard: string }) => postcard,
} as const;

const PostcardWritten = defineEvent({
  type: 'test.postcard.written',
  description: 'A postcard is to be posted.',
  data: z.object({ postcard: z.string(), dueAt: z.string() }),
  ...ofPostcard,
});

/** Something else about a postcard that is to be posted. */
export const PostcardStamped = defineEvent({
  type: 'test.postcard.stamped',
  description: 'A postcard has one more stamp, and may be due at another time.',
  data: z.object({ postcard: z.string(), dueAt: z.string().optional() }),
  ...ofPostcard,
});

/** How a postcard ended. */
export const PostcardEnded = defineEvent({
  type: 'test.postcard.ended',
  description: 'A postcard was posted, refused or given up.',
  data: z.object({ postcard: z.string(), how: z.string() }),
  ...ofPostcard,
});

/** To be posted once. */
export const Postcard = defineAggregate({
  kind: 'postcard',
  state: z.object({
    postcard: z.string(),
    stamps: z.int(),
    how: z.string().optional(),
    dueAt: z.string().optional(),
  }),
  events: [PostcardWritten, PostcardStamped, PostcardEnded],
  begin: { [PostcardWritten.type]: ({ data }) => ({ ...data, stamps: 0 }) },
  evolve: {
    [PostcardStamped.type]: (card, { data: { dueAt = card.dueAt } }) => ({ ...card, stamps: card.stamps + 1, dueAt }),
    [PostcardEnded.type]: ({ dueAt: _, ...card }, { data: { how } }) => ({ ...card, how }),
  },
});
type PostcardState = NonNullable<ReturnType<typeof Postcard.parse>>;

/** What a test has the provider do with an attempt; by default it takes everything. */
type Provider = (context: EffectContext, card: string) => Promise<ProviderAnswer>;

export const postcardBoundary = (card: string) => `main/postcards:${card}`;

/** Postcards, the lane on which they are posted, and a provider that the test owns. */
export async function postcardBench(change: Partial<EffectSpecification<PostcardState>> = {}, bench?: RuntimeBench) {
  const own = bench ?? (await runtimeBench());
  const { clock, container, open, runtime } = own;
  /** The attempts that reached the provider. */
  const attempts: { readonly card: string; readonly key: string; readonly attempt: number }[] = [];
  const provider: { answer: Provider } = { answer: async () => ({ kind: 'done' }) };
  const postCard = effect({
    name: 'post-card',
    on: Postcard,
    lease: 'PT1M',
    retryAfter: ['PT1M', 'PT5M'],
    concurrency: 4,
    async perform({ postcard: card }, context) {
      attempts.push({ card, key: context.key, attempt: context.attempt });
      return provider.answer(context, card);
    },
    settle: ({ postcard }, { kind }) => PostcardEnded({ postcard, how: kind }),
    ...change,
  });
  const begin = async (work: ReturnType<typeof open>, card: string, dueAt: string) => {
    (await work.expectNew(Postcard, card)).record(PostcardWritten({ postcard: card, dueAt }));
    await work.commit();
  };
  const lane = new EffectLane(postCard, service, runtime);
  const cause = { tenant: 'main', correlationId: 'c' };
  return {
    ...own,
    attempts,
    provider,
    effect: postCard,
    lane,
    /** As another process has one. */
    openLane: () => new EffectLane(postCard, service, { ...runtime, dueAtOnce: new DueAtOnce(clock) }),
    /** Commits a postcard that is to be posted at once. */
    write: (card: string) =>
      begin(runtime.openUnitOfWork({ service, boundary: postcardBoundary(card), cause }), card, dueAtOnce(clock.now())),
    /** The same by a process that dies right after the commit. */
    abandon: (card: string) => begin(open(postcardBoundary(card)), card, dueAtOnce(clock.now())),
    /** Has the sweep find what is due, and waits until it is done. */
    async sweep(after = 0, by = lane) {
      clock.pass(after);
      await by.sweep();
      await by.idle();
    },
    stored: (card: string) => container.read(postcardBoundary(card), `postcard:${card}`),
    async change(card: string, event: ReturnType<typeof PostcardStamped>) {
      const work = open(postcardBoundary(card));
      (await work.load(Postcard, card)).record(event);
      await work.commit();
    },
    /** How the postcard ended, as it was told. */
    async told(card: string): Promise<readonly unknown[]> {
      const owed = (await own.owed(postcardBoundary(card))).map(({ envelope }) => envelope);
      const all = new Map([...own.transport.sent, ...owed].map((envelope) => [envelope.id, envelope]));
      return [...all.values()]
        .filter(({ type, data }) => type === PostcardEnded.type && data.postcard === card)
        .map(({ data }) => data.how);
    },
  };
}
