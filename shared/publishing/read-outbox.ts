import { z } from 'zod';
import { Envelope } from '../events/envelope.ts';
import { OutboxDocument, OutboxMessage } from '../persistence/commit/outbox.ts';
import { NewerDocumentError } from '../persistence/documents/store-errors.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';

const Message = z.strictObject({ ...OutboxMessage.shape, envelope: z.strictObject(Envelope.shape) });
const Outbox = OutboxDocument.extend({ messages: z.array(Message).min(1) });

/**
 * An outbox document of another process. Its messages are what this code would have written, or it is newer code's to send
 * them: a field that is unknown here would be lost, and an event that is unknown here has nobody yet who takes it.
 *
 * @throws NewerDocumentError for anything else.
 */
export function readOutbox(document: StoredDocument, knowsEvent: (envelope: Envelope) => boolean): OutboxDocument {
  const { success, data, error } = Outbox.safeParse(document);
  if (!success) throw unknown(document, String(error));
  const field = Object.keys(document).find((name) => !(name in Outbox.shape || name.startsWith('_')));
  if (field !== undefined) throw unknown(document, `it has a field ${field}`);
  const event = data.messages.find(({ envelope }) => !knowsEvent(envelope))?.envelope;
  if (event !== undefined) throw unknown(document, `no contract of ${event.dataschema}`);
  return data;
}

function unknown({ id }: StoredDocument, reason: string): NewerDocumentError {
  return new NewerDocumentError(`this code cannot send ${id}: newer code may have written it (${reason})`);
}
