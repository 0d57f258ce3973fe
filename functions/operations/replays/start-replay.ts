import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { accepted } from '../../../shared/http/answer.ts';
import { Replay, type ReplayOrder, replaysBoundary, requested } from '../../../shared/replays/replay-state.ts';
import { becomeLatest } from './latest-replay.ts';
import { planReplay } from './plan-replay.ts';
import { replayId } from './replay-path.ts';
import { ReplayView, viewOf } from './replay-view.ts';

const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

const StartReplay = z
  .strictObject({
    consumer: z.string().min(1).max(100).describe('Name of the consumer, as GET /api/v1/lag tells it'),
    subscriber: z.string().min(1).max(100).optional().describe('Only to this one of its subscribers'),
    from: instant
      .optional()
      .describe(
        'Events that arrived on the bus from this time on; only a rebuild of lists made of documents needs none',
      ),
    to: instant.optional().describe('And before this one; left out, up to now'),
    types: z.array(z.string().max(100)).min(1).max(50).optional().describe('Only events of these types'),
    dryRun: z.boolean().default(false).describe('Counts what it would deliver, and delivers nothing'),
    rebuild: z
      .boolean()
      .default(false)
      .describe(
        "Makes the consumer's lists and other projections anew: of documents where they are made of them, else of these events",
      ),
  })
  .refine(({ rebuild, to, types }) => !rebuild || (to === undefined && types === undefined), {
    path: ['rebuild'],
    error: 'takes all events up to the newest: leave out to and types',
  });

export const startReplay = endpoint({
  name: 'start-replay',
  summary: 'Delivers a span of a topic once more to one consumer, or makes its lists anew; in the background',
  method: 'POST',
  route: 'replays',
  roles: ['operator'],
  body: StartReplay,
  answers: { 202: ReplayView },
  headers: ['etag', 'location'],
  problems: [
    'unknown-consumer',
    'nothing-to-replay',
    'nothing-to-rebuild',
    'invalid-span',
    'span-forgotten',
    'replay-running',
  ],
  needs: ['consumers'],
  async handle({ body, caller, now, newId, unitOfWork, consumers }) {
    const wish: ReplayOrder = { ...body, to: body.to ?? (body.rebuild ? undefined : now.toISOString()) };
    const { order, walks } = planReplay(wish, consumers.list, now);
    const id = replayId(now, newId);
    const work = unitOfWork(replaysBoundary);
    const replay = await work.load(Replay, id);
    // Only now: a repeat of the request has been told by its key, and has its answer.
    await becomeLatest(id, work);
    replay.put(requested(order, caller, now, walks));
    return accepted(`/api/v1/replays/${id}`, viewOf(replay), replay.version);
  },
});
