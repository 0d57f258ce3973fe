import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { shopBoundary } from '../shop/shop.ts';
import { ClosingNote } from './closing.ts';
import { Session } from './session.ts';
import { SessionPath } from './session-path.ts';
import { SessionView, viewOf } from './session-view.ts';

export const getSession = endpoint({
  name: 'get-session',
  summary: 'Reads a session; one that is closed is the Z report of its till',
  method: 'GET',
  route: 'shops/{shopId}/sessions/{sessionId}',
  roles: ['sales', 'manager', 'auditor'],
  params: SessionPath,
  answers: { 200: SessionView },
  headers: ['etag'],
  async handle({ params: { shopId, sessionId: id }, reader }) {
    const address = { boundary: shopBoundary(shopId), id };
    const session = await reader.read(Session, address);
    if (session === undefined) throw rejectAbsent(`there is no session ${id} in the shop ${shopId}`);
    const note = session.state.status === 'closed' ? await reader.read(ClosingNote, address) : undefined;
    return ok(viewOf(session, note?.state.note), session.version);
  },
});
