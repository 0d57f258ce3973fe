import type { ReceivedRecord } from '../bus/received-record.ts';
import { listensTo } from '../consuming/listening.ts';
import type { Reaction } from '../consuming/reaction.ts';
import { isAddressed } from '../consuming/sort-batch.ts';
import type { Envelope } from '../events/envelope.ts';
import { readEnvelope, UnreadableEventError } from '../events/read-event.ts';
import type { ReplayOrder, ReplayStep } from './replay-state.ts';

/** What of some records is to be delivered, and what was in them, by type. */
export interface ReplayedRecords {
  readonly taken: readonly ReceivedRecord[];
  readonly counts: ReplayStep['counts'];
}

/**
 * Looks through records for the events of one tenant that these reactions take. What belongs to others is not counted
 * either, and bytes that are no event belong to nobody: they were parked when they came.
 */
export function replayedOf(
  records: readonly ReceivedRecord[],
  { tenant, types }: Pick<ReplayOrder, 'types'> & { readonly tenant: string },
  reactions: readonly Reaction[],
): ReplayedRecords {
  const taken: ReceivedRecord[] = [];
  const counts: Record<string, { events: number; taken: number }> = {};
  for (const record of records) {
    const envelope = envelopeIn(record);
    if (envelope?.tenantid !== tenant) continue;
    const { type } = envelope;
    const count = counts[type] ?? { events: 0, taken: 0 };
    counts[type] = count;
    count.events += 1;
    if (types !== undefined && !types.includes(type)) continue;
    if (!reactions.some((reaction) => listensTo(reaction.on, type) && isAddressed(reaction, record))) continue;
    count.taken += 1;
    taken.push(record);
  }
  return { taken, counts };
}

function envelopeIn({ value }: ReceivedRecord): Envelope | undefined {
  try {
    return readEnvelope(value);
  } catch (error) {
    if (error instanceof UnreadableEventError) return undefined;
    throw error;
  }
}
