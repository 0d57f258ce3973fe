import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { acknowledged } from '../../../shared/http/answer.ts';
import { roles } from '../../../shared/security/principal.ts';
import { ownAccount } from '../user/account.ts';
import { userBoundary } from '../user/user.ts';
import { askToVerify } from './ask-to-verify.ts';

export const requestVerification = endpoint({
  name: 'request-verification',
  summary:
    'Mails the caller a link by which they show that their address is theirs, unless they have; at most three an hour',
  method: 'POST',
  route: 'users/me/verification',
  roles,
  answers: { 202: z.undefined() },
  problems: ['not-found', 'deactivated'],
  needs: ['signingKeys'],
  async handle({ caller: { sub: userId }, unitOfWork, newId, now, settings, signingKeys }) {
    const work = unitOfWork(userBoundary(userId));
    const { user, profile } = await ownAccount(work, userId);
    const asking = {
      userId,
      address: profile.state.email,
      requestId: newId(),
      now,
      keys: signingKeys.recent(),
      settings,
    };
    if (user.state.emailVerifiedAt === undefined) await askToVerify(work, asking);
    return acknowledged();
  },
});
