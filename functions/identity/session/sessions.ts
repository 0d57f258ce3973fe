import { z } from 'zod';
import {
  type LogoutReason,
  UserLogin,
  UserLogout,
  UserTokenRefreshed,
} from '../../../shared/events/contracts/identity.ts';
import { SecurityEvent } from '../../../shared/events/contracts/platform.ts';
import { defineAggregate } from '../../../shared/model/aggregate.ts';

/** So many sessions may a user have at once; the oldest ends when there are more. */
export const maxSessions = 20;
/** So many devices are known again. */
const maxDevices = 20;

/** Where a user is logged in, and with what they did so before. */
export const SessionsState = z.object({
  userId: z.string(),
  /** The oldest first. */
  sessions: z.array(z.object({ sessionId: z.string(), startedAt: z.iso.datetime() })),
  /** The one used last first. */
  devices: z.array(z.string()),
});
export type SessionsState = z.infer<typeof SessionsState>;

export interface Login {
  readonly userId: string;
  readonly sessionId: string;
  readonly device: string;
  readonly at: string;
}

/** Begins a session, and ends the oldest where there are too many. The first device of all is not a new one. */
export function logIn(state: SessionsState | undefined, login: Login) {
  const { devices, sessions }: Pick<SessionsState, 'devices' | 'sessions'> = state ?? { devices: [], sessions: [] };
  const surplus = sessions.slice(0, Math.max(0, sessions.length + 1 - maxSessions));
  const isNewDevice = devices.length > 0 && !devices.includes(login.device);
  const ended = surplus.map(({ sessionId }) => UserLogout({ userId: login.userId, sessionId, reason: 'too-many' }));
  return [...ended, UserLogin({ ...login, isNewDevice })];
}

/** Why sessions end, and by whom where it is an admin. */
export interface Ending {
  readonly reason: LogoutReason;
  readonly by?: string;
}

/** Ends those of the sessions that there are. */
export function logOut({ userId, sessions }: SessionsState, ending: readonly string[], { reason, by }: Ending) {
  return sessions
    .filter(({ sessionId }) => ending.includes(sessionId))
    .map(({ sessionId }) => UserLogout({ userId, sessionId, reason, ...(by === undefined ? {} : { by }) }));
}

export function refresh({ userId }: SessionsState, sessionId: string, now: Date) {
  return [UserTokenRefreshed({ userId, sessionId, at: now.toISOString() })];
}

/** Somebody has used a token twice: nobody can tell the thief from the robbed, so the session ends for both. */
export function endReused(state: SessionsState, sessionId: string, now: Date) {
  const at = now.toISOString();
  return [
    SecurityEvent({ subject: `sessions/${state.userId}`, kind: 'refresh-token-reused', at }),
    ...logOut(state, [sessionId], { reason: 'token-reused' }),
  ];
}

export const Sessions = defineAggregate({
  kind: 'sessions',
  state: SessionsState,
  events: [UserLogin, UserTokenRefreshed, UserLogout, SecurityEvent],
  begin: {
    [UserLogin.type]: ({ data }): SessionsState => entered({ userId: data.userId, sessions: [], devices: [] }, data),
  },
  evolve: {
    [UserLogin.type]: (state, { data }) => entered(state, data),
    [UserLogout.type]: (state, { data }) => ({
      ...state,
      sessions: state.sessions.filter(({ sessionId }) => sessionId !== data.sessionId),
    }),
  },
});

function entered({ userId, sessions, devices }: SessionsState, { sessionId, device, at }: Login): SessionsState {
  const others = devices.filter((one) => one !== device);
  return {
    userId,
    sessions: [...sessions, { sessionId, startedAt: at }],
    devices: [device, ...others].slice(0, maxDevices),
  };
}
