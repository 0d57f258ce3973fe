import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { Replay, replaysBoundary } from '../../../shared/replays/replay-state.ts';
import { ReplayPath } from './replay-path.ts';
import { ReplayView, viewOf } from './replay-view.ts';

export const getReplay = endpoint({
  name: 'get-replay',
  summary: 'Reads a replay: how far it is, what it has found, and what went wrong',
  method: 'GET',
  route: 'replays/{id}',
  roles: ['operator'],
  params: ReplayPath,
  answers: { 200: ReplayView },
  headers: ['etag'],
  async handle({ params: { id }, reader }) {
    const replay = await reader.read(Replay, { boundary: replaysBoundary, id });
    if (replay === undefined) throw rejectAbsent(`there is no replay ${id}`);
    return ok(viewOf(replay), replay.version);
  },
});
