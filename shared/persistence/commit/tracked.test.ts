import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { anOrderCreated } from '../../events/contracts/contracts.examples.ts';
import { OrderCreated } from '../../events/contracts/orders.ts';
import { defineAggregate } from '../../model/aggregate.ts';
import { defineProjection } from '../../model/projection.ts';
import { type ChangeLog, TrackedAggregate, TrackedProjection } from './tracked.ts';

const Tally = defineAggregate({
  kind: 'tally',
  state: z.object({ count: z.int() }),
  events: [OrderCreated],
  begin: { 'order.created': () => ({ count: 1 }) },
  evolve: { 'order.created': ({ count }) => ({ count: count + 1 }) },
});
const Note = defineProjection({ kind: 'note', state: z.object({ text: z.string() }) });

function changeLog() {
  const undos: (() => void)[] = [];
  const sequences: number[] = [];
  const log: ChangeLog = {
    undoable: (undo) => undos.push(undo),
    recorded: (_, sequence) => sequences.push(sequence),
  };
  const takeBack = () => {
    for (const undo of undos.toReversed()) undo();
  };
  return { log, sequences, takeBack };
}
const stored = { id: 'tally:1', boundary: 'main/tallies', kind: 'tally', version: 4, count: 7, _etag: '"e"' };

describe('a tracked document', () => {
  it('reading the state of a missing document fails and names its kind and id', () => {
    const tally = new TrackedAggregate(Tally, changeLog().log, '1');
    expect([tally.exists, tally.current, tally.version]).toEqual([false, undefined, 0]);
    expect(() => tally.state).toThrow(
      expect.objectContaining({ name: 'MissingDocumentError', message: expect.stringContaining('tally 1') }),
    );
  });

  it('a tracked aggregate numbers its events from its stored version on', () => {
    const { log, sequences } = changeLog();
    const tally = new TrackedAggregate(Tally, log, '1', stored);
    tally.record(anOrderCreated);
    tally.record([anOrderCreated, anOrderCreated]);
    expect(sequences).toEqual([5, 6, 7]);
    expect(tally.asDocument('main/tallies')).toEqual({
      id: 'tally:1',
      boundary: 'main/tallies',
      kind: 'tally',
      version: 7,
      count: 10,
    });
  });

  it('a tracked document is as before after its changes are undone', () => {
    const { log, takeBack } = changeLog();
    const tally = new TrackedAggregate(Tally, log, '1', stored);
    const fresh = new TrackedAggregate(Tally, log, '2');
    tally.record([anOrderCreated, anOrderCreated]);
    fresh.record(anOrderCreated);
    takeBack();
    expect([tally.state, tally.version, tally.isChanged]).toEqual([{ count: 7 }, 4, false]);
    expect([fresh.exists, fresh.version, fresh.isChanged]).toEqual([false, 0, false]);
  });

  it('a tracked projection is changed only when it is put', () => {
    const note = new TrackedProjection(Note, changeLog().log, '1');
    expect(note.isChanged).toBe(false);
    note.put({ text: 'hello' });
    expect([note.isChanged, note.state, note.version]).toEqual([true, { text: 'hello' }, 1]);
  });

  it('a stored document that does not fit the schema of its kind is refused when it is loaded', () => {
    expect(() => new TrackedAggregate(Tally, changeLog().log, '1', { ...stored, count: 'many' })).toThrow('count');
  });
});
