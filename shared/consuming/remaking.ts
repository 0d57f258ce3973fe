import type { LoadRequest } from '../persistence/commit/load-request.ts';
import type { UnitOfWork } from '../persistence/commit/unit-of-work.ts';
import type { StoredDocument } from '../persistence/documents/stored-document.ts';
import type { Address } from '../persistence/reading/reader.ts';

/** How what a reaction has made is made anew of documents, whatever events there still are. */
export interface Remaking {
  /** The documents are those of this kind, in any boundary. */
  readonly kind: string;
  /** Where it is written what follows from a document, without tenant. @throws NewerDocumentError */
  readonly boundary: (document: StoredDocument) => string;
  /** What making it anew will load and look at. */
  readonly reads: (of: Address) => readonly LoadRequest[];
  /** Makes anew what follows from the document of that address, as it is now. */
  readonly remake: (of: Address, work: UnitOfWork) => Promise<void>;
}
