import type { DomainEvent } from '../../../shared/events/define-event.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import { readsOfSessions, sessionsOf } from '../session/user-sessions.ts';
import { refuseDeleted } from '../user/account.ts';
import { Profile } from '../user/profile.ts';
import { type Act, User, type UserState, userBoundary } from '../user/user.ts';
import { type UserView, viewOf } from '../user/user-view.ts';

interface Context {
  readonly unitOfWork: (boundary: string) => UnitOfWork;
  readonly ifMatch: (version: number) => void;
  readonly actor: string;
  readonly now: Date;
  readonly settings: Settings;
}

/**
 * Lets a user in, or keeps them out. No session goes on through that: whoever is let in again logs in.
 *
 * @throws Rejection (404) when there is no such user, and what `decide` throws.
 */
export async function changeStatus(
  userId: string,
  { unitOfWork, ifMatch, actor, ...context }: Context,
  decide: (user: UserState, act: Act) => readonly DomainEvent[],
): Promise<{ readonly view: UserView; readonly version: number }> {
  const work = unitOfWork(userBoundary(userId));
  await work.preload([...[User, Profile].map((type) => ({ type, id: userId })), ...readsOfSessions(userId)]);
  const user = await work.load(User, userId);
  refuseDeleted(user.state);
  const events = decide(user.state, { by: actor, at: context.now.toISOString() });
  if (events.length > 0) {
    ifMatch(user.version);
    user.record(events);
    (await sessionsOf(work, userId, context)).endOthers(undefined, { reason: 'deactivated', by: actor });
  }
  const { state: profile } = await work.load(Profile, userId);
  return { view: viewOf(user.state, profile), version: user.version };
}
