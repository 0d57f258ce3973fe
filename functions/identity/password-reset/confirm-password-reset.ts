import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { noContent } from '../../../shared/http/answer.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { forgetGuesses } from '../address/free-address.ts';
import { ownerOf } from '../login/address-owner.ts';
import { countRepeat } from '../login/count-guess.ts';
import { Credential, GivenPassword, refuseWeak } from '../login/credential.ts';
import { clientGuesser } from '../login/login-guesser.ts';
import { invalidLink, isGood, PasswordReset } from '../mailed-links/mailed-links.ts';
import { longestMailedToken, type MailedToken, readMailedToken } from '../mailed-links/mailed-token.ts';
import { hashPassword } from '../password/passwords.ts';
import { mostBytesOfAForm } from '../public-forms.ts';
import { readsOfSessions, sessionsOf } from '../session/user-sessions.ts';
import { identitySettings } from '../settings.ts';
import { Profile } from '../user/profile.ts';
import { resetPassword, User, userBoundary } from '../user/user.ts';

const ConfirmPasswordReset = z
  .strictObject({ token: z.string().min(1).max(longestMailedToken), password: GivenPassword })
  .meta({ id: 'ConfirmPasswordReset', example: { token: '01a2….Zk3…', password: 'Four yellow chairs, 1 lamp' } });

/**
 * The new password, the end of the link and of all sessions are one commit, so a link is used once however often it comes. The wrong
 * passwords that were counted are forgotten before: they were tried against the old one, and whoever has the mail is no stranger.
 */
export const confirmPasswordReset = endpoint({
  name: 'confirm-password-reset',
  summary: 'Sets a new password by the link of a mail, and ends all sessions',
  method: 'POST',
  route: 'auth/password-reset/confirm',
  roles: 'public',
  rate: 'auth',
  body: ConfirmPasswordReset,
  takesSecret: true,
  maxBodyBytes: mostBytesOfAForm,
  answers: { 204: z.undefined() },
  problems: ['invalid-link', 'weak-password', 'too-many-attempts'],
  needs: ['inTurn', 'knownBy', 'clientNetwork', 'signingKeys'],
  async beforeRepeat({
    body: { token },
    unitOfWork,
    reader,
    now,
    knownBy: request,
    clientNetwork: network,
    signingKeys,
  }) {
    const sent = readMailedToken(token);
    const address = sent && (await addressOf(sent, reader));
    if (address === undefined) return;
    const keys = signingKeys.recent();
    const by = clientGuesser({ address, network }, keys);
    await countRepeat(await ownerOf(address, unitOfWork), { by, request, now }, address, { unitOfWork, keys });
  },
  async handle({ body: { token, password }, unitOfWork, now, settings, inTurn }) {
    const sent = readMailedToken(token);
    if (sent === undefined) throw invalidLink();
    const { userId, secret } = sent;
    const work = unitOfWork(userBoundary(userId));
    const kept = [User, Profile, Credential, PasswordReset].map((type) => ({ type, id: userId }));
    await work.preload([...kept, ...readsOfSessions(userId)]);
    const user = await work.load(User, userId);
    const links = await work.load(PasswordReset, userId);
    if (user.current?.status !== 'active' || !isGood(links.current, secret, now)) throw invalidLink();
    const { PASSWORD_POLICY, PASSWORD_COST } = identitySettings.of(settings);
    const { state: profile } = await work.load(Profile, userId);
    refuseWeak(password, PASSWORD_POLICY, profile);
    const passwordHash = await inTurn(() => hashPassword(password, PASSWORD_COST));
    await forgetGuesses(profile.email, unitOfWork);

    const at = now.toISOString();
    links.remove();
    user.record(resetPassword(user.state, at));
    (await work.load(Credential, userId)).put({ passwordHash, changedAt: at });
    (await sessionsOf(work, userId, { now, settings })).endOthers(undefined, { reason: 'password-changed' });
    return noContent();
  },
});

async function addressOf({ userId }: MailedToken, reader: Reader): Promise<string | undefined> {
  return (await reader.read(Profile, { boundary: userBoundary(userId), id: userId }))?.state.email;
}
