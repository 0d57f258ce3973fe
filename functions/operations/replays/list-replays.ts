import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { listBoundary } from '../../../shared/capabilities/list-boundary.ts';
import { ok } from '../../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../../shared/http/paging.ts';
import { Replay, replaysBoundary } from '../../../shared/replays/replay-state.ts';
import { ReplayView, viewOf } from './replay-view.ts';

export const listReplays = endpoint({
  name: 'list-replays',
  summary: 'Lists replays, newest first; those that ended some time ago are gone',
  method: 'GET',
  route: 'replays',
  roles: ['operator'],
  query: PageQuery,
  answers: { 200: pageOf(ReplayView) },
  problems: ['invalid-continuation'],
  async handle({ query, reader }) {
    const { items, ...rest } = await listBoundary(reader, Replay, replaysBoundary, query, { order: 'descending' });
    return ok({ items: items.map(viewOf), ...rest });
  },
});
