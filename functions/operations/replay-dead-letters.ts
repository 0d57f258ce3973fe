import { z } from 'zod';
import { ok } from '../../shared/http/answer.ts';
import { DeadLetter, dayOfDeadLetter, deadLettersBoundary } from '../../shared/persistence/dead-letter.ts';
import { Rejection } from '../../shared/rejection.ts';
import { endpoint } from '../../shared/service/endpoint.ts';
import { continuationAfter } from '../../shared/service/list-buckets.ts';
import { replay } from '../../shared/service/replay.ts';
import { DeadLetterFilter, deadLettersThat } from './dead-letter-list.ts';

/** A commit has up to 100 operations and 2 MB: each letter holds its event, and the outbox holds it once more. */
const maxLetters = 90;
const maxMessageBytes = 400_000;

const Waiting = DeadLetterFilter.extend({ status: z.enum(['parked', 'scheduled']).default('parked') });

export const replayDeadLetters = endpoint({
  name: 'replay-dead-letters',
  summary: 'Replays the dead letters that a filter takes, some of one day at a time; go on with the continuation',
  method: 'POST',
  route: 'dead-letters/replay',
  roles: ['operator'],
  body: z.strictObject({
    filter: Waiting.prefault({}),
    limit: z.int().min(1).max(maxLetters).default(maxLetters),
    continuation: z.string().max(2_000).optional(),
  }),
  answers: {
    200: z.object({
      replayed: z.int().describe('How many letters this request replayed'),
      skipped: z.array(z.object({ id: z.string(), detail: z.string() })).describe('Those that cannot be replayed'),
      continuation: z.string().optional(),
    }),
  },
  async handle({ body: { filter, ...paging }, caller, now, reader, unitOfWork }) {
    const found = await deadLettersThat(reader, filter, paging);
    const [first] = found.items;
    if (first === undefined) return ok({ replayed: 0, skipped: [], continuation: found.continuation });

    // A request is one commit, and a commit is of one day: so a repeat of it counts what the first one did.
    const day = dayOfDeadLetter(first.id);
    const ofDay = found.items.filter(({ id }) => dayOfDeadLetter(id) === day);
    const work = unitOfWork(deadLettersBoundary(day));
    await work.preload(ofDay.map(({ id }) => ({ type: DeadLetter, id })));
    const note = { at: now.toISOString(), by: caller.sub, detail: 'replayed with others by an operator' };
    const skipped: { id: string; detail: string }[] = [];
    let replayed = 0;
    let last = first.id;
    for (const { id } of ofDay) {
      if (work.size.messageBytes > maxMessageBytes) break;
      last = id;
      try {
        if (replay(await work.load(DeadLetter, id), work, note)) replayed += 1;
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
        skipped.push({ id, detail: error.message });
      }
    }
    const isWhole = last === found.items.at(-1)?.id;
    return ok({ replayed, skipped, continuation: isWhole ? found.continuation : continuationAfter(day, last) });
  },
});
