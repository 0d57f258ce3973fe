import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { noContent } from '../../../shared/http/answer.ts';
import { EmailVerification, invalidLink, isGood } from '../mailed-links/mailed-links.ts';
import { longestMailedToken, readMailedToken } from '../mailed-links/mailed-token.ts';
import { mostBytesOfAForm } from '../public-forms.ts';
import { User, userBoundary, verifyAddress } from '../user/user.ts';

const VerifyEmail = z
  .strictObject({ token: z.string().min(1).max(longestMailedToken) })
  .meta({ id: 'VerifyEmail', example: { token: '01a2….Zk3…' } });

export const verifyEmail = endpoint({
  name: 'verify-email',
  summary: 'Takes an address for verified by the link of a mail that was sent there',
  method: 'POST',
  route: 'auth/verify-email',
  roles: 'public',
  rate: 'auth',
  body: VerifyEmail,
  takesSecret: true,
  maxBodyBytes: mostBytesOfAForm,
  answers: { 204: z.undefined() },
  problems: ['invalid-link'],
  async handle({ body: { token }, unitOfWork, now }) {
    const sent = readMailedToken(token);
    if (sent === undefined) throw invalidLink();
    const work = unitOfWork(userBoundary(sent.userId));
    await work.preload([User, EmailVerification].map((type) => ({ type, id: sent.userId })));
    const user = await work.load(User, sent.userId);
    const links = await work.load(EmailVerification, sent.userId);
    if (user.current?.status !== 'active' || !isGood(links.current, sent.secret, now)) throw invalidLink();
    links.remove();
    user.record(verifyAddress(user.state, now.toISOString()));
    return noContent();
  },
});
