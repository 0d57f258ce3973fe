import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { continuationAfter } from '../../../shared/capabilities/list-buckets.ts';
import { bucketOfDeadLetter, deadLettersBoundary } from '../../../shared/dead-letters/dead-letter.ts';
import { ok } from '../../../shared/http/answer.ts';
import { DeadLetterFilter, deadLettersThat } from './dead-letter-list.ts';
import { mostInOneCommit, replayInOneCommit, Skipped } from './replay-in-one-commit.ts';
import { placeOfLetters, WhoseLetters } from './whose-letters.ts';

/** What was replayed is not sent again before it has failed again; what was discarded is taken up one by one. */
const NotYetDone = DeadLetterFilter.extend({ status: z.enum(['parked', 'waiting', 'scheduled']).default('parked') });

const ReplayDeadLetters = z
  .strictObject({
    filter: NotYetDone.prefault({}),
    limit: z.int().min(1).max(mostInOneCommit).default(mostInOneCommit),
    continuation: z.string().max(2_000).optional().describe('The `continuation` of the request before'),
  })
  .meta({ id: 'ReplayDeadLetters', example: { filter: { subscriber: 'reserve-stock' } } });

const ReplayedDeadLetters = z
  .object({
    replayed: z.int().describe('How many letters this request replayed'),
    skipped: z.array(Skipped).readonly().describe('Those that cannot be replayed'),
    continuation: z.string().optional().describe('There is more: ask again with it'),
  })
  .meta({ id: 'ReplayedDeadLetters' });

export const replayDeadLetters = endpoint({
  name: 'replay-dead-letters',
  summary: 'Replays the dead letters that a filter takes, some of one day at a time; go on with the continuation',
  method: 'POST',
  route: 'dead-letters/replay',
  roles: ['operator'],
  query: WhoseLetters,
  body: ReplayDeadLetters,
  answers: { 200: ReplayedDeadLetters },
  problems: ['invalid-continuation'],
  needs: ['ofNoTenant'],
  async handle({ body: { filter, ...paging }, caller, now, ...context }) {
    const { reader, unitOfWork } = placeOfLetters(context);
    const { items, continuation } = await deadLettersThat(reader, filter, paging);
    const [first] = items;
    if (first === undefined) return ok({ replayed: 0, skipped: [], continuation });

    // A request is one commit, and a commit is of one bucket: so it is done as a whole or not at all, and counts right.
    const bucket = bucketOfDeadLetter(first.id);
    const ids = items.map(({ id }) => id);
    const together = ids.filter((id) => bucketOfDeadLetter(id) === bucket);
    const note = { at: now.toISOString(), by: caller.sub, detail: 'replayed with others by an operator' };
    const { last, ...done } = await replayInOneCommit(unitOfWork(deadLettersBoundary(bucket)), together, note);
    const isWhole = last === undefined || last === ids.at(-1);
    return ok({ ...done, continuation: isWhole ? continuation : continuationAfter(bucket, last) });
  },
});
