import { expect, it } from 'vitest';
import { startReplay } from '../../../functions/operations/replays/start-replay.ts';
import { deadLettersContainer } from '../../../shared/dead-letters/dead-letters-container.ts';
import { ended, Replay } from '../../../shared/replays/replay-state.ts';
import { counting } from '../../rigs/kernel/counter.ts';
import { request } from '../../rigs/kernel/request.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../rigs/kernel/serve-endpoint.ts';

async function replayBench() {
  const bench = await runtimeBench();
  bench.consumers.push({
    name: 'counters-on-platform-events',
    service: 'counters',
    topic: 'platform-events',
    reactions: [counting()],
  });
  const body = { consumer: 'counters-on-platform-events', from: '2026-11-22T09:00:00.000Z' };
  const start = async () => {
    const stage = { service: deadLettersContainer, runtime: bench.runtime };
    const { status, body: text = '' } = await serveEndpoint(startReplay, request({ body }), stage);
    return { status, body: JSON.parse(text) };
  };
  const replays = async () =>
    (await bench.documents('main/replays', deadLettersContainer)).filter(({ kind }) => kind === Replay.kind);
  return { ...bench, start, replays };
}

it('of replays that are asked for at the same moment one begins, and the others are told of it', async () => {
  const { start, replays } = await replayBench();
  const answers = await Promise.all([1, 2, 3, 4].map(start));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([202, 409, 409, 409]);
  expect(await replays()).toHaveLength(1);
  const begun = answers.find(({ status }) => status === 202);
  const refused = answers.find(({ status }) => status === 409);
  expect(refused?.body).toMatchObject({
    type: '/problems/replay-running',
    detail: expect.stringContaining(begun?.body.id),
  });
});

it('a replay can be asked for once the one before it has ended', async () => {
  const { start, open, clock } = await replayBench();
  const { body } = await start();
  const work = open('main/replays', { service: deadLettersContainer });
  const replay = await work.load(Replay, body.id);
  replay.put(ended(replay.state, 'done', clock.now()));
  await work.commit();
  expect((await start()).status).toBe(202);
});
