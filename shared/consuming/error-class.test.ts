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
import { isWorthAnotherTry } from './error-class.ts';

/** How often something is tried that always fails like this; more than any patience counts as for ever. */
function triesOf(error: unknown): number {
  let tries = 1;
  while (tries < 1_000 && isWorthAnotherTry(error, tries)) tries += 1;
  return tries;
}

describe('something that fails', () => {
  it.each([
    ['because a rule says no, once', reject('no', 'no'), 1],
    ['because newer code wrote it, once', new NewerVersionError('version 2'), 1],
    ['because a document is not there, some times', new MissingDocumentError('not yet'), 8],
    ['by a bug, three times', new TypeError('x is undefined'), 3],
    ['by something thrown that is no error, three times', 'text', 3],
    ['because it is too large, three times', new TooLargeError('102 operations'), 3],
    ['because it was refused for good, three times', new CommitRefusedError('400'), 3],
    ['because a marker exists, three times', new AlreadyDoneError('marker'), 3],
    ['because the store is away, for ever', new StoreUnavailableError('503', {}), 1_000],
    ['because others were first, for ever', new StaleStateError('412'), 1_000],
  ])('is tried %s', (_, error, tries) => {
    expect(triesOf(error)).toBe(tries);
  });
});
