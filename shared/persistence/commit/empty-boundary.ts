import type { DocumentContainer } from '../documents/document-container.ts';
import { moveToOutbox } from './carried-events.ts';
import { inboxKind } from './inbox.ts';
import { outboxKind, receiptKind } from './outbox.ts';
import { Tombstone } from './tombstone.ts';

/**
 * What the kernel keeps in a boundary whoever is erased, and that says nothing of anybody beyond what events do: without its
 * owed messages an event that others wait for is lost; without its receipts and markers a commit or a reaction that is under
 * way takes effect a second time; without its tombstone a late event begins it anew. All but the tombstone go by themselves.
 */
const kernelKinds = [outboxKind, receiptKind, inboxKind, Tombstone.kind];

const removedAtOnce = 100;

/** Removes what is in a stored boundary, save documents of these kinds and those of the kernel. @throws StoreUnavailableError */
export async function emptyBoundary(
  container: DocumentContainer,
  boundary: string,
  except: readonly { readonly kind: string }[],
): Promise<void> {
  const kept = [...kernelKinds, ...except.map(({ kind }) => kind)];
  for (;;) {
    const found = await container.othersThan(boundary, kept, removedAtOnce);
    const carriers = found.filter(({ owes }) => owes !== undefined);
    for (const { id } of carriers) await keepCarried(container, boundary, id);
    await container.remove(found.filter((document) => !carriers.includes(document)));
    if (found.length < removedAtOnce && carriers.length === 0) return;
  }
}

/** An event that a document carries is owed as any other. */
async function keepCarried(container: DocumentContainer, boundary: string, id: string): Promise<void> {
  const document = await container.read(boundary, id);
  if (document !== undefined) await moveToOutbox(container, document);
}
