import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { command } from '../../../shared/capabilities/command.ts';
import { defineService } from '../../../shared/capabilities/define-service.ts';
import { reject, rejectAbsent } from '../../../shared/model/rejection.ts';
import { problemsOf } from '../../../shared/serving/endpoints/endpoint-problems.ts';
import { Counted, Counter, Note } from '../../rigs/kernel/counter.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { type RequestParts, request } from '../../rigs/kernel/request.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint, type TextResponse } from '../../rigs/kernel/serve-endpoint.ts';

const called = { method: 'POST', roles: ['sales'], body: z.strictObject({ by: z.int() }) } as const;

/** Counts up to a hundred; counting by nothing has been done already. */
const countUp = command({
  ...called,
  name: 'count-up',
  summary: 'Counts up',
  route: 'counters/{id}/count',
  params: z.object({ id: z.string() }),
  of: Counter,
  at: ({ params: { id } }) => ({ boundary: `counters:${id}`, id }),
  allow({ caller }) {
    if (caller.sub === 'stranger') throw rejectAbsent('none of yours');
  },
  decide({ count }, { params: { id }, body: { by } }) {
    if (count + by > 100) throw reject('illegal-transition', 'it counts to a hundred');
    return by === 0 ? [] : [Counted({ counter: id, by })];
  },
  view: [z.strictObject({ count: z.int() }), ({ state: { count } }) => ({ count })],
  problems: ['illegal-transition'],
});

const countOwn = command({
  ...called,
  name: 'count-own',
  summary: 'Counts for the caller, who has noted something down',
  route: 'counters/own',
  of: Counter,
  beside: Note,
  at: ({ caller: { sub: id } }) => ({ boundary: `counters:${id}`, id }),
  decide: (_, { body: { by }, caller }) => [Counted({ counter: caller.sub, by })],
  view: [z.string(), ({ state: { count }, beside: { text } }) => `${text}: ${count}`],
});

/** Counts on from what there is, or begins where there is nothing yet, if `a` was counted before; there is nothing to show. */
const countOn = command({
  ...called,
  name: 'count-on',
  summary: 'Counts on, or begins to',
  route: 'counters/{id}/count-on',
  params: z.object({ id: z.string() }),
  of: Counter,
  at: ({ params: { id } }) => ({ boundary: `counters:${id}`, id }),
  async begin({ params: { id }, body: { by }, reader }) {
    if ((await reader.read(Counter, { boundary: 'counters:a', id: 'a' })) === undefined) throw rejectAbsent('a first');
    return [Counted({ counter: id, by })];
  },
  decide: (_, { params: { id }, body: { by } }) => [Counted({ counter: id, by })],
});

/** Writes another note, and counts it; the same note is there already. */
const noteDown = command({
  ...called,
  name: 'note-down',
  summary: 'Notes something down for the caller',
  route: 'counters/own/note',
  body: z.strictObject({ text: z.string() }),
  of: Counter,
  beside: Note,
  at: ({ caller: { sub: id } }) => ({ boundary: `counters:${id}`, id }),
  decide: (_, { body: { text }, caller: { sub } }, note) => ({
    events: text === note.text ? [] : [Counted({ counter: sub, by: 1 })],
    beside: { text },
  }),
  view: [z.string(), ({ beside: { text } }) => text],
  madeAt: (text) => `/notes/${text}`,
});

/** Notes something down, whether there was a note before or not. */
const noteFirst = command({
  ...called,
  name: 'note-first',
  summary: 'Notes something down for the caller',
  route: 'counters/own/first-note',
  body: z.strictObject({ text: z.string().optional() }),
  of: Counter,
  beside: Note,
  besideByDefault: { text: 'nothing' },
  at: ({ caller: { sub: id } }) => ({ boundary: `counters:${id}`, id }),
  decide(_, { body: { text }, caller: { sub } }) {
    const events = [Counted({ counter: sub, by: 1 })];
    return text === undefined ? events : { events, beside: { text } };
  },
  view: [z.string(), ({ beside: { text } }) => text],
});

async function counterBench() {
  const bench = await runtimeBench();
  const { runtime, container, documents, transport } = bench;
  const serve = (one: typeof countUp) => (parts: RequestParts) =>
    serveEndpoint(one, request(parts), { service, runtime });
  const seed = async (id: string, note?: string) => {
    const cause = { tenant: 'main', correlationId: 'c', traceparent: undefined };
    const work = runtime.openUnitOfWork({ service, boundary: `main/counters:${id}`, cause });
    (await work.load(Counter, id)).record(Counted({ counter: id, by: 10 }));
    if (note !== undefined) (await work.load(Note, id)).put({ text: note });
    await work.commit();
  };
  await seed('a');
  const up = serve(countUp);
  return {
    ...bench,
    seed,
    own: serve(countOwn),
    on: (id: string, headers: Readonly<Record<string, string>> = {}) =>
      serve(countOn)({ params: { id }, body: { by: 5 }, headers }),
    note: (text: string, headers: Readonly<Record<string, string>> = {}) =>
      serve(noteDown)({ body: { text }, headers: { authorization: 'Bearer ann', ...headers } }),
    first: (text?: string) => serve(noteFirst)({ body: { text }, headers: { authorization: 'Bearer ann' } }),
    up: (by: number, headers: Readonly<Record<string, string>> = {}, id = 'a') =>
      up({ params: { id }, body: { by }, headers }),
    stored: () => container.read('main/counters:a', 'counter:a'),
    answersKept: async () => (await documents('main/counters:a')).filter(({ kind }) => kind === 'answer').length,
    async sent() {
      await runtime.dispatcher.drain();
      return transport.sent.map(({ data, sequence }) => [data, sequence]);
    },
  };
}

const bodyOf = ({ body = 'null' }: TextResponse) => JSON.parse(body);
const problemIn = (response: TextResponse) => [response.status, bodyOf(response).type];

describe('a command', () => {
  it('a command records its events and answers the view with the version as ETag', async () => {
    const { up, stored, sent } = await counterBench();
    const response = await up(5);
    expect([response.status, response.headers.etag, bodyOf(response)]).toEqual([200, '"2"', { count: 15 }]);
    expect(await stored()).toMatchObject({ count: 15, version: 2 });
    expect((await sent()).at(-1)).toMatchObject([{ counter: 'a', by: 5 }, expect.anything()]);
  });

  it('a command on a missing aggregate is answered with 404 and creates nothing', async () => {
    const { up, documents } = await counterBench();
    expect(problemIn(await up(5, {}, 'b'))).toEqual([404, '/problems/not-found']);
    expect(await documents('main/counters:b')).toEqual([]);
  });

  it('a command checks permission before it checks the version or the rules', async () => {
    const { up, stored } = await counterBench();
    const stranger = { authorization: 'Bearer stranger', 'if-match': '"9"' };
    expect(problemIn(await up(500, stranger))).toEqual([404, '/problems/not-found']);
    expect(await stored()).toMatchObject({ count: 10 });
  });

  it('a command with an outdated If-Match is refused and writes nothing', async () => {
    const { up, stored } = await counterBench();
    expect(problemIn(await up(5, { 'if-match': '"7"' }))).toEqual([412, '/problems/precondition-failed']);
    expect(await stored()).toMatchObject({ count: 10, version: 1 });
    expect((await up(5, { 'if-match': '"1"' })).status).toBe(200);
    expect(await stored()).toMatchObject({ count: 15, version: 2 });
  });

  it('an If-Match does not count where a command was done already, or a rule rejects it', async () => {
    const { up } = await counterBench();
    expect((await up(0, { 'if-match': '"7"' })).status).toBe(200);
    expect(problemIn(await up(91, { 'if-match': '"7"' }))).toEqual([409, '/problems/illegal-transition']);
  });

  it('a command that was done already answers the current view and writes nothing', async () => {
    const { up, faults } = await counterBench();
    const writes = faults.count('Batch');
    const response = await up(0);
    expect([response.status, response.headers.etag, bodyOf(response)]).toEqual([200, '"1"', { count: 10 }]);
    expect(faults.count('Batch')).toBe(writes);
  });

  it('a command that a rule rejects writes nothing', async () => {
    const { up, stored } = await counterBench();
    expect(problemIn(await up(91))).toEqual([409, '/problems/illegal-transition']);
    expect(await stored()).toMatchObject({ count: 10, version: 1 });
  });

  it('a command is done once per Idempotency-Key, and a repeat gets the first answer', async () => {
    const { up, stored, answersKept } = await counterBench();
    const key = { 'idempotency-key': 'k' };
    const first = await up(5, key);
    await up(20);
    expect(await up(5, key)).toMatchObject({ body: first.body, headers: { 'idempotency-replayed': 'true' } });
    expect(await stored()).toMatchObject({ count: 35 });
    expect(await answersKept()).toBe(1);
  });

  it('a command that loses a race is decided again on fresh state', async () => {
    const { up, stored } = await counterBench();
    const responses = await Promise.all(Array.from({ length: 8 }, () => up(20)));
    const statuses = responses.map(({ status }) => status).toSorted();
    expect(statuses).toEqual([200, 200, 200, 200, 409, 409, 409, 409]);
    expect(await stored()).toMatchObject({ count: 90, version: 5 });
  });

  it('a command may answer a document beside its aggregate, or 404 if that is missing', async () => {
    const { own, seed } = await counterBench();
    await seed('ann', 'apples');
    await seed('bob');
    const as = (name: string) => own({ headers: { authorization: `Bearer ${name}` }, body: { by: 1 } });
    expect(bodyOf(await as('ann'))).toBe('apples: 11');
    expect(bodyOf(await as('bob'))).toMatchObject({ status: 404, detail: 'there is no counter bob' });
  });

  it('a command that may begin its aggregate does so where there is none, and decides where there is one', async () => {
    const { on, container } = await counterBench();
    const response = await on('b');
    expect([response.status, response.body, response.headers.etag]).toEqual([204, undefined, undefined]);
    expect((await on('b', { 'if-match': '"1"' })).status).toBe(204);
    expect(await container.read('main/counters:b', 'counter:b')).toMatchObject({ count: 10, version: 2 });
  });

  it('many commands that begin the same aggregate at once begin it once, and all take effect', async () => {
    const { on, container } = await counterBench();
    const responses = await Promise.all(Array.from({ length: 6 }, () => on('b')));
    expect(responses.map(({ status }) => status)).toEqual(Array(6).fill(204));
    expect(await container.read('main/counters:b', 'counter:b')).toMatchObject({ count: 30, version: 6 });
  });

  it('a command that names a version of an aggregate that is not there does not begin it', async () => {
    const { on, documents } = await counterBench();
    expect(problemIn(await on('b', { 'if-match': '"1"' }))).toEqual([412, '/problems/precondition-failed']);
    expect(await documents('main/counters:b')).toEqual([]);
  });

  it('a command may refuse to begin by what it reads elsewhere', async () => {
    const { on, container } = await counterBench();
    await container.remove([{ boundary: 'main/counters:a', id: 'counter:a' }]);
    expect(problemIn(await on('b'))).toEqual([404, '/problems/not-found']);
  });

  it('a command puts a document beside its aggregate in the same commit, and says where to find what it made', async () => {
    const { note, seed, container } = await counterBench();
    await seed('ann', 'apples');
    const made = await note('pears');
    expect([made.status, made.headers.location, bodyOf(made)]).toEqual([201, '/notes/pears', 'pears']);
    expect(await container.read('main/counters:ann', 'note:ann')).toMatchObject({ text: 'pears', version: 2 });
    const again = await note('pears', { 'if-match': '"1"' });
    expect([again.status, again.headers.location, bodyOf(again)]).toEqual([200, undefined, 'pears']);
    expect(await container.read('main/counters:ann', 'counter:ann')).toMatchObject({ count: 11, version: 2 });
  });

  it('a command with a default for the document beside its aggregate needs none, and puts one only where it decides so', async () => {
    const { first, seed, container } = await counterBench();
    await seed('ann');
    expect(bodyOf(await first())).toBe('nothing');
    expect(await container.read('main/counters:ann', 'note:ann')).toBeUndefined();
    expect(bodyOf(await first('pears'))).toBe('pears');
    expect(bodyOf(await first())).toBe('pears');
  });

  it('a document beside an aggregate is not put where the If-Match is outdated', async () => {
    const { note, seed, container } = await counterBench();
    await seed('ann', 'apples');
    expect(problemIn(await note('pears', { 'if-match': '"7"' }))).toEqual([412, '/problems/precondition-failed']);
    expect(await container.read('main/counters:ann', 'note:ann')).toMatchObject({ text: 'apples', version: 1 });
  });

  it('a command is an endpoint that declares its ETag header and implied problems by itself', () => {
    const capabilities = [countUp, countOwn, countOn, noteDown];
    const { endpoints } = defineService({ name: 'counters', summary: 'Counts.', capabilities });
    expect(endpoints).toEqual(capabilities);
    const implied = ['not-found', 'precondition-failed'];
    for (const one of endpoints) expect([...problemsOf(one)]).toEqual(expect.arrayContaining(implied));
    expect(endpoints.map(({ headers, answers }) => [headers, Object.keys(answers)])).toEqual([
      [['etag'], ['200']],
      [['etag'], ['200']],
      [[], ['204']],
      [['etag'], ['200', '201']],
    ]);
  });
});
