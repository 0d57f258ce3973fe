import { BlobsUnavailableError } from '../blobs/blob-errors.ts';
import { NewerVersionError } from '../events/define-event.ts';
import { Rejection } from '../model/rejection.ts';
import {
  MissingDocumentError,
  NewerDocumentError,
  StaleStateError,
  StoreUnavailableError,
} from '../persistence/documents/store-errors.ts';
import { BatchUnfinishedError } from './batch-time.ts';

/**
 * What an error is, the one place that tells:
 * `rule`, a business rule says no and will again;
 * `newer`, the event, or a document that it is about, was written by newer code;
 * `network`, the store or the bus is away, overloaded or contended, so waiting helps however long;
 * `missing`, a document is not there yet: it may come in a moment, or much later;
 * `bug`, anything else.
 */
export type ErrorClass = 'rule' | 'newer' | 'network' | 'missing' | 'bug';

export function errorClassOf(error: unknown): ErrorClass {
  if (error instanceof Rejection) return 'rule';
  if (error instanceof NewerVersionError || error instanceof NewerDocumentError) return 'newer';
  if (error instanceof StoreUnavailableError || error instanceof StaleStateError) return 'network';
  if (error instanceof BlobsUnavailableError) return 'network';
  if (error instanceof BatchUnfinishedError) return 'network';
  if (error instanceof MissingDocumentError) return 'missing';
  return 'bug';
}

/** How often something is tried in place, before it becomes a dead letter; a `network` cause never does. */
const tries: Readonly<Record<ErrorClass, number>> = {
  rule: 1,
  newer: 1,
  network: Number.POSITIVE_INFINITY,
  missing: 6,
  bug: 3,
};

/** Whether, after so many tries that ended with such a cause, another one makes sense. */
export function isWorthAnotherTry(error: unknown, triesMade: number): boolean {
  return triesMade < tries[errorClassOf(error)];
}
