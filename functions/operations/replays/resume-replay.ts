import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { Replay, replaysBoundary, resumed } from '../../../shared/replays/replay-state.ts';
import { becomeLatest } from './latest-replay.ts';
import { ReplayPath } from './replay-path.ts';
import { ReplayView, viewOf } from './replay-view.ts';

export const resumeReplay = endpoint({
  name: 'resume-replay',
  summary:
    'Goes on with a replay that was stopped, or has failed, where it was; one that runs or is done stays as it is',
  method: 'POST',
  route: 'replays/{id}/resume',
  roles: ['operator'],
  params: ReplayPath,
  answers: { 200: ReplayView },
  headers: ['etag'],
  problems: ['replay-running'],
  async handle({ params: { id }, unitOfWork, now }) {
    const work = unitOfWork(replaysBoundary);
    const replay = await work.load(Replay, id);
    const { state } = replay;
    if (state.status === 'stopped' || state.status === 'failed') {
      await becomeLatest(id, work);
      replay.put(resumed(state, now));
    }
    return ok(viewOf(replay), replay.version);
  },
});
