import { z } from 'zod';
import { timeOfId } from '../../ids.ts';
import { sweepAfterMs } from '../../model/due-at-once.ts';
import { idWithin } from './stored-document.ts';

/** What commits still owe the bus. */
export interface Backlog {
  /** How many commits do. */
  readonly depth: number;
  /** When the oldest of them was made. */
  readonly since: Date | undefined;
}

const Oldest = z.string().optional();

/** Counted in the index, and across partitions: outbox documents, and documents that carry what is owed. */
export async function readBacklog(askOne: (query: string) => Promise<unknown>): Promise<Backlog> {
  const ask = (aggregate: string, condition: string) => askOne(`SELECT VALUE ${aggregate} FROM c WHERE ${condition}`);
  const [inOutbox, carried] = ["c.kind = 'outbox'", "c.owes.dueAt > ''"];
  const [depth, oldestId, oldestDue] = await Promise.all([
    ask('COUNT(1)', `${inOutbox} OR ${carried}`),
    ask('MIN(c.id)', inOutbox),
    ask('MIN(c.owes.dueAt)', carried),
  ]);
  const [id, dueAt] = [Oldest.parse(oldestId), Oldest.parse(oldestDue)];
  const times = [
    ...(id === undefined ? [] : [timeOfId(idWithin(id)).getTime()]),
    ...(dueAt === undefined ? [] : [Date.parse(dueAt) - sweepAfterMs]),
  ];
  return { depth: z.number().parse(depth), since: times.length === 0 ? undefined : new Date(Math.min(...times)) };
}
