import type { Clock } from '../clock.ts';
import { replayForHeader } from '../events/message-headers.ts';
import { readEnvelope } from '../messaging/read-event.ts';
import { DeadLetter } from '../persistence/dead-letter.ts';
import { OutboxMessage } from '../persistence/outbox.ts';
import type { Deadline } from './deadline.ts';

/**
 * Sends the event of a scheduled dead letter to its subscriber once more. The message and the note that it was sent are
 * one commit; where the event fails again, the letter is scheduled again.
 */
export function deadLetterRetry(clock: Clock): Deadline {
  return {
    word: 'deadline',
    name: 'retry-dead-letter',
    kind: DeadLetter.kind,
    async visit(id, dueAt, work) {
      const letter = await work.load(DeadLetter, id);
      const { current } = letter;
      if (current?.dueAt !== dueAt || current.source.of !== 'event') return;
      const { topic, raw } = current.source;
      const value = Buffer.from(raw, 'base64').toString();
      const message = OutboxMessage.parse({
        topic,
        envelope: readEnvelope(value),
        headers: { [replayForHeader]: current.subscriber },
      });
      work.owe(message, Buffer.byteLength(value));
      const { dueAt: _, ...rest } = current;
      const step = { at: clock.now().toISOString(), step: 'replayed' as const, detail: 'sent again by the schedule' };
      letter.put({ ...rest, status: 'replayed', history: [...current.history, step] });
    },
  };
}
