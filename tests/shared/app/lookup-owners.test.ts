import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { lookupOwners, lookupsBy } from '../../../shared/app/lookup-owners.ts';
import { type Answers, answers } from '../../../shared/capabilities/answers.ts';
import { deadline } from '../../../shared/capabilities/deadline.ts';
import { defineService } from '../../../shared/capabilities/define-service.ts';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { consumeBatch } from '../../../shared/consuming/consume-batch.ts';
import { ok } from '../../../shared/http/answer.ts';
import { defineLookup } from '../../../shared/lookups/define-lookup.ts';
import { StoreUnavailableError } from '../../../shared/persistence/documents/store-errors.ts';
import { consumeDependencies } from '../../../shared/runtime/consume-dependencies.ts';
import type { Runtime } from '../../../shared/runtime/runtime.ts';
import { sweep } from '../../../shared/sweep/sweep.ts';
import { counting, Note } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { type KernelBench, service } from '../../rigs/kernel/kernel-bench.ts';
import { counted } from '../../rigs/kernel/records.ts';
import { Reminder, remind } from '../../rigs/kernel/reminder.ts';
import { request } from '../../rigs/kernel/request.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../rigs/kernel/serve-endpoint.ts';

const TextOfNote = defineLookup({
  name: 'text-of-note',
  input: z.strictObject({ note: z.string().max(10) }),
  output: z.strictObject({ text: z.string().max(10) }),
});
const note = { boundary: 'counters:notes', id: 'n' };

const textOfNote = answers(TextOfNote, async ({ note: id }, { reader }) => {
  const found = await reader.read(Note, { ...note, id });
  return found && { text: found.state.text };
});
const owning = (name: string, ...owned: readonly Answers[]) =>
  defineService({ name, summary: 'Answers.', capabilities: owned });
const notebook = owning(service, textOfNote);

async function write({ open }: KernelBench, text: string, tenant = 'main'): Promise<void> {
  const work = open(`${tenant}/${note.boundary}`);
  (await work.load(Note, note.id)).put({ text });
  await work.commit();
}

/** A bench on which the notebook answers. */
async function notebookBench(owner: Answers = textOfNote) {
  const bench = await runtimeBench();
  const lookupOf = lookupsBy(lookupOwners([owning(service, owner)], [TextOfNote]), bench.runtime);
  const runtime: Runtime = { ...bench.runtime, lookupOf };
  return { ...bench, runtime, lookupOf };
}

describe('a lookup', () => {
  it('a lookup is answered by its owner as it is now, about the tenant of whoever asks', async () => {
    const bench = await notebookBench();
    await write(bench, 'hello');
    await write(bench, 'hallo', 'other');
    expect(await bench.lookupOf('main')(TextOfNote, { note: 'n' })).toEqual({ text: 'hello' });
    await write(bench, 'bye');
    expect(await bench.lookupOf('main')(TextOfNote, { note: 'n' })).toEqual({ text: 'bye' });
    expect(await bench.lookupOf('other')(TextOfNote, { note: 'n' })).toEqual({ text: 'hallo' });
    expect(await bench.lookupOf('third')(TextOfNote, { note: 'n' })).toBeUndefined();
  });

  it('a question or an answer that breaks the contract of a lookup is an error, and is not passed on', async () => {
    const bench = await notebookBench();
    const lookup = bench.lookupOf('main');
    await expect(lookup(TextOfNote, { note: 'a name that is too long' })).rejects.toThrow(z.ZodError);
    await write(bench, 'a text that is too long');
    await expect(lookup(TextOfNote, { note: 'n' })).rejects.toThrow(z.ZodError);
  });

  it('an app does not start unless each lookup has exactly one owner', () => {
    expect(lookupOwners([notebook], [TextOfNote]).size).toBe(1);
    expect(() => lookupOwners([], [TextOfNote])).toThrow('nobody answers text-of-note');
    expect(() => lookupOwners([notebook, owning('diary', textOfNote)], [TextOfNote])).toThrow(
      'counters and diary answer text-of-note',
    );
    expect(() => lookupOwners([notebook], [])).toThrow('text-of-note, which is no lookup: add it');
    expect(() => owning('diary', textOfNote, textOfNote)).toThrow('several capabilities named text-of-note');
  });

  it('a lookup that nobody answers says so to whoever asks', async () => {
    const { runtime } = await runtimeBench();
    await expect(runtime.lookupOf('main')(TextOfNote, { note: 'n' })).rejects.toThrow('nobody answers text-of-note');
  });
});

describe('whoever looks something up', () => {
  it('a reaction looks up by its own tenant, and waits while the owner cannot read', async () => {
    const bench = await notebookBench();
    await write(bench, 'hallo', 'other');
    const copying = counting({
      name: 'copy',
      async handle(_, work, { lookup }) {
        const found = await lookup(TextOfNote, { note: 'n' });
        (await work.load(Note, 'copy')).put({ text: found?.text ?? 'nothing' });
      },
    });
    const consumer = { name: 'counters-on-platform-events', reactions: [copying] };
    bench.faults.next('Read', refuse(503), refuse(503), refuse(503), refuse(503), refuse(503));
    const dependencies = consumeDependencies(service, bench.runtime);
    await consumeBatch([counted(1), counted(1, { tenantid: 'other' })], consumer, dependencies);
    const copies = ['main', 'other'].map((tenant) => bench.container.read(`${tenant}/counters:a`, 'note:copy'));
    expect((await Promise.all(copies)).map((copy) => copy?.text)).toEqual(['nothing', 'hallo']);
    expect(await bench.deadLetters()).toEqual([]);
  });

  it('a reaction whose lookup gets no answer in time waits, and is no dead letter', async () => {
    const bench = await notebookBench(
      answers(TextOfNote, async () => {
        throw new StoreUnavailableError('the store is slow', {});
      }),
    );
    const asking = counting({ handle: async (_, __, { lookup }) => void (await lookup(TextOfNote, { note: 'n' })) });
    const consumer = { name: 'counters-on-platform-events', reactions: [asking] };
    const dependencies = { ...consumeDependencies(service, bench.runtime), retryWindowMs: 1_000 };
    await expect(consumeBatch([counted(1)], consumer, dependencies)).rejects.toThrow('in its time');
    expect(await bench.deadLetters()).toEqual([]);
  });

  it('deadlines and endpoints look up by their own tenant', async () => {
    const bench = await notebookBench();
    await write(bench, 'hello');
    await write(bench, 'hallo', 'other');
    const told: unknown[] = [];
    const asking = deadline({
      name: 'ask',
      on: Reminder,
      async handle(reminder, _, { lookup, now }) {
        told.push(await lookup(TextOfNote, { note: 'n' }));
        reminder.put({ metAt: now.toISOString() });
      },
    });
    await remind(bench, { boundary: 'other/counters:a', dueAt: '2026-11-22T09:00:00.000Z' });
    await sweep([{ name: service, deadlines: [asking] }], bench.runtime);
    expect(told).toEqual([{ text: 'hallo' }]);
    const showing = endpoint({
      name: 'show-note',
      summary: 'Shows a note',
      method: 'GET',
      route: 'note',
      roles: ['sales'],
      answers: { 200: z.unknown() },
      handle: async ({ lookup }) => ok(await lookup(TextOfNote, { note: 'n' })),
    });
    const { body } = await serveEndpoint(showing, request({ method: 'GET' }), { service, runtime: bench.runtime });
    expect(body).toBe('{"text":"hello"}');
  });
});
