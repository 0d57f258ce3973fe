import { describe, expect, it } from 'vitest';
import { NewerVersionError } from '../events/define-event.ts';
import { reject } from '../model/rejection.ts';
import {
  AlreadyDoneError,
  CommitRefusedError,
  MissingDocumentError,
  StaleStateError,
  StoreUnavailableError,
  TooLargeError,
} from '../persistence/documents/store-errors.ts';
import { BatchUnfinishedError } from './batch-time.ts';
import { isWorthAnotherTry } from './error-class.ts';

/** How often something is tried that always fails like this; more often than anything is given counts as for ever. */
function triesOf(error: unknown): number {
  let tries = 1;
  while (tries < 1_000 && isWorthAnotherTry(error, tries)) tries += 1;
  return tries;
}

describe('a failed reaction', () => {
  it.each([
    ['once if a rule rejects the event', reject('no', 'no'), 1],
    ['once if the event is of a newer version', new NewerVersionError('version 2'), 1],
    ['six times if a document is missing', new MissingDocumentError('not yet'), 6],
    ['three times if it throws because of a bug', new TypeError('x is undefined'), 3],
    ['three times if it throws something that is no error', 'text', 3],
    ['three times if its commit is too large', new TooLargeError('102 operations'), 3],
    ['three times if its commit is refused for good', new CommitRefusedError('400'), 3],
    ['three times if its inbox marker exists', new AlreadyDoneError('marker'), 3],
    ['without end if the store is unavailable', new StoreUnavailableError('503', {}), 1_000],
    ['without end if another writer was faster', new StaleStateError('412'), 1_000],
    ['without end if its batch had no more time', new BatchUnfinishedError('over'), 1_000],
  ])('a failed reaction is tried %s', (_, error, tries) => {
    expect(triesOf(error)).toBe(tries);
  });
});
