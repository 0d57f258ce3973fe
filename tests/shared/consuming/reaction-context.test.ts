import { describe, expect, it } from 'vitest';
import { type ConsumerBench, consumerBench } from '../../rigs/kernel/consumer-bench.ts';
import { Counter, counting, Note } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { counted } from '../../rigs/kernel/records.ts';

/** Notes what it is told down under two ids of its own. */
function noting(name = 'note-down') {
  return counting({
    name,
    once: 'by-document',
    async handle({ data: { by } }, work, { newId }) {
      for (const id of [newId(), newId()]) {
        const note = await work.load(Note, id);
        if (!note.exists) note.put({ text: `${name} ${by}` });
      }
    },
  });
}

async function notesOf({ documents }: ConsumerBench, tenant = 'main') {
  const notes = (await documents(`${tenant}/counters:a`)).filter(({ kind }) => kind === 'note');
  return notes.map(({ id, text }) => ({ id, text }));
}

describe('the context of a reaction', () => {
  it('a reaction makes the same ids whenever its event is delivered again, so that it finds what it has made', async () => {
    const bench = await consumerBench();
    const record = counted(1);
    await bench.consume([record], noting());
    await bench.consume([counted(2), record], noting());
    await bench.consume([record], noting());
    expect((await notesOf(bench)).map(({ text }) => text).toSorted()).toEqual([
      'note-down 1',
      'note-down 1',
      'note-down 2',
      'note-down 2',
    ]);
  });

  it('a reaction makes the same ids when its commit is refused and it runs again', async () => {
    const bench = await consumerBench();
    bench.faults.next('Batch', { kind: 'apply-then-drop' }, refuse(503));
    await bench.consume([counted(1), counted(2)], noting());
    expect(await notesOf(bench)).toHaveLength(4);
  });

  it('two reactions to one event make ids of their own, and so do two tenants', async () => {
    const bench = await consumerBench();
    const record = counted(1);
    const other = { ...record, value: record.value.replace('"tenantid":"main"', '"tenantid":"other"') };
    await bench.consume([record, other], noting(), noting('note-too'));
    const ids = [...(await notesOf(bench)), ...(await notesOf(bench, 'other'))].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(8);
  });

  it('a reaction reads what its service has elsewhere, at the time and by the settings that it is given', async () => {
    const bench = await consumerBench();
    const copying = counting({
      name: 'copy',
      boundary: () => 'counters:copy',
      async handle(_, work, { reader, now, settings }) {
        const counter = await reader.read(Counter, { boundary: 'counters:a', id: 'a' });
        const note = await work.load(Note, 'copy');
        note.put({ text: `${counter?.state.count} at ${now.toISOString()} for ${settings.KAFKA_BROKERS}` });
      },
    });
    await bench.consume([counted(5)], counting());
    await bench.consume([counted(1)], copying);
    const [copy] = (await bench.documents('main/counters:copy')).filter(({ kind }) => kind === 'note');
    expect(copy?.text).toMatch(/^5 at 2026-11-22T.* for none:9092/);
  });

  it('a reaction is told how many events its boundary has of the batch', async () => {
    const bench = await consumerBench();
    const told: number[] = [];
    const telling = counting({
      boundary: ({ data: { counter } }) => `counters:${counter}`,
      async handle(_, __, { together }) {
        told.push(together);
      },
    });
    await bench.consume([counted(1), counted(2), counted(3, { counter: 'b' })], telling);
    expect(told.toSorted()).toEqual([1, 2, 2]);
  });
});
