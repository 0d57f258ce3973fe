import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { ended, Replay, replaysBoundary } from '../../../shared/replays/replay-state.ts';
import { ReplayPath } from './replay-path.ts';
import { ReplayView, viewOf } from './replay-view.ts';

export const stopReplay = endpoint({
  name: 'stop-replay',
  summary: 'Stops a replay after the step that is under way; what was delivered stays delivered',
  method: 'POST',
  route: 'replays/{id}/stop',
  roles: ['operator'],
  params: ReplayPath,
  answers: { 200: ReplayView },
  headers: ['etag'],
  async handle({ params: { id }, unitOfWork, now }) {
    const replay = await unitOfWork(replaysBoundary).load(Replay, id);
    const { state } = replay;
    if (state.status === 'running') replay.put(ended(state, 'stopped', now));
    return ok(viewOf(replay), replay.version);
  },
});
