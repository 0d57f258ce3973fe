import { dayOf } from '../clock.ts';
import type { LetterKey } from '../dead-letters/dead-letter.ts';
import { dayOfFailure, type FailedWork } from '../dead-letters/dead-letters.ts';
import { sourceOf } from '../dead-letters/record-source.ts';
import { systemTenant } from '../security/principal.ts';
import type { Failure, Task } from './reaction.ts';
import { causeOfReaction } from './run-group.ts';
import type { UnreadableRecord } from './sort-batch.ts';

/** What is parked of a record that is no event for a subscriber. */
export function failedRecord({ subscriber, record, envelope, error }: UnreadableRecord, now: Date): FailedWork {
  const subject = envelope?.id ?? `${record.topic}-${record.partition}-${record.offset}`;
  return {
    subscriber,
    type: envelope?.type,
    source: sourceOf(record),
    subject,
    day: dayOfFailure(envelope?.time ?? record.timestamp, now),
    error,
    attempts: 1,
    cause: {
      tenant: envelope?.tenantid ?? systemTenant,
      correlationId: envelope?.correlationid ?? subject,
      traceparent: envelope?.traceparent,
    },
  };
}

/** The letter that a task is parked as. */
export function letterOf({ reaction, event, end }: Task): LetterKey {
  return { tenant: event.tenant, day: dayOf(event.time), subscriber: reaction.name, end, subject: event.id };
}

/** What is parked of a reaction that failed so often. */
export function failedTask({ task: { reaction, event, record, end }, error }: Failure, attempts: number): FailedWork {
  return {
    subscriber: reaction.name,
    end,
    type: event.type,
    source: sourceOf(record),
    subject: event.id,
    day: dayOf(event.time),
    error,
    attempts,
    cause: causeOfReaction(event),
  };
}
