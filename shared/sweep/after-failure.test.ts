import { describe, expect, it } from 'vitest';
import { MissingDocumentError, NewerDocumentError, StaleStateError } from '../persistence/documents/store-errors.ts';
import { afterFailure } from './after-failure.ts';

const now = new Date('2026-11-22T10:00:00.000Z');
const due = { id: 'order:1', boundary: 'main/order:1', kind: 'order', version: 1, dueAt: '2026-11-22T09:59:59.000Z' };
const bug = new TypeError('undefined is no function');
const newer = new NewerDocumentError('a field is unknown');

describe('a due document that was visited in vain', () => {
  it('a failed visit is postponed by five seconds, and by twice as much each time', () => {
    const postponed = [0, 1, 2, 6].map((dueAttempts) => afterFailure({ ...due, dueAttempts }, bug, now));
    expect(postponed).toEqual([
      { kind: 'postponed', dueAt: '2026-11-22T10:00:05.000Z', attempts: 1 },
      { kind: 'postponed', dueAt: '2026-11-22T10:00:10.000Z', attempts: 2 },
      { kind: 'postponed', dueAt: '2026-11-22T10:00:20.000Z', attempts: 3 },
      { kind: 'postponed', dueAt: '2026-11-22T10:05:20.000Z', attempts: 7 },
    ]);
  });

  it.each([
    bug,
    new MissingDocumentError('no order'),
  ])('a document is parked after the eighth visit in vain (%s)', (error) => {
    expect(afterFailure({ ...due, dueAttempts: 7 }, error, now)).toEqual({ kind: 'parked', attempts: 8 });
  });

  it('a visit that the store puts off is made again soon, and never counts', () => {
    const stale = new StaleStateError('somebody was first');
    const soon = '2026-11-22T10:00:10.000Z';
    expect(afterFailure(due, stale, now)).toEqual({ kind: 'postponed', dueAt: soon, attempts: 0 });
    expect(afterFailure({ ...due, dueAttempts: 7 }, stale, now)).toEqual({
      kind: 'postponed',
      dueAt: soon,
      attempts: 7,
    });
  });

  it('a document of newer code is left as it is until it has been due for a week, and is parked then', () => {
    const aWeekAgo = '2026-11-15T10:00:00.000Z';
    expect(afterFailure(due, newer, now)).toEqual({ kind: 'left' });
    expect(afterFailure({ ...due, dueAt: '2026-11-15T10:00:00.001Z' }, newer, now)).toEqual({ kind: 'left' });
    expect(afterFailure({ ...due, dueAt: aWeekAgo }, newer, now)).toEqual({ kind: 'parked', attempts: 1 });
    expect(afterFailure({ ...due, dueSince: aWeekAgo }, newer, now)).toEqual({ kind: 'parked', attempts: 1 });
  });
});
