import type { BatchOperation } from '../documents/batch-operation.ts';
import type { DocumentContainer } from '../documents/document-container.ts';
import type { StoredDocument } from '../documents/stored-document.ts';

/** A document of up to this many bytes is remembered. */
const maxCachedBytes = 16 * 1024;

/** What became of the operations of a commit, in their order. */
interface Written {
  readonly etags: readonly (string | undefined)[];
  /** In bytes. */
  readonly sizes: readonly number[];
}

/** What a reaction is likely to need next is what was just written; large documents are not kept, to bound the memory. */
export function rememberWritten(
  { recent }: DocumentContainer,
  documents: readonly (StoredDocument | undefined)[],
  { etags, sizes }: Written,
): void {
  for (const [index, document] of documents.entries()) {
    if (document === undefined) continue;
    const [etag, bytes = 0] = [etags[index], sizes[index]];
    if (etag === undefined || bytes > maxCachedBytes) recent.forget(document.boundary, document.id);
    else recent.remember({ ...document, _etag: etag });
  }
}

/** Somebody else wrote, or an earlier sending of ours, whose answer with the ETags was lost. */
export function forgetWritten({ recent }: DocumentContainer, operations: readonly BatchOperation[]): void {
  for (const { document } of operations) recent.forget(document.boundary, document.id);
}
