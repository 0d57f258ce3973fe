import { hashOf } from '../../../shared/ids.ts';

/**
 * What keeps a session alive. `family` is the same in every token of a session, `secret` is another in each: so whoever has
 * the one without the current other has a token that was used before.
 */
export interface RefreshToken {
  readonly userId: string;
  readonly sessionId: string;
  readonly family: string;
  readonly secret: string;
}

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const pattern = new RegExp(`^(${uuid})\\.(${uuid})\\.([\\w-]{22})\\.([\\w-]{43})$`);

/** The token as a client gets it; it is not for them to look into. */
export function writeRefreshToken({ userId, sessionId, family, secret }: RefreshToken): string {
  return [userId, sessionId, family, secret].join('.');
}

/** The token that a client sends; `undefined` where it is none of ours. */
export function readRefreshToken(text: string): RefreshToken | undefined {
  const [, userId, sessionId, family, secret] = pattern.exec(text) ?? [];
  if (userId === undefined || sessionId === undefined || family === undefined || secret === undefined) return undefined;
  return { userId, sessionId, family, secret };
}

/** What is stored of a part of a token. The parts are random, so a fast hash will do. */
export function storedPart(part: string): string {
  return hashOf([part]);
}
