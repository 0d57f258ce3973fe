import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { TypedAddress } from '../../../shared/email-address.ts';
import { acknowledged } from '../../../shared/http/answer.ts';
import { addressBoundary, addressKey } from '../address/email-address.ts';
import { storedSecret } from '../mailed-links/mailed-links.ts';
import { currentSecretOf } from '../mailed-links/mailed-token.ts';
import { mostBytesOfAForm } from '../public-forms.ts';
import { ResetRequests, withRequest } from './reset-requests.ts';

const RequestPasswordReset = z
  .strictObject({ email: TypedAddress })
  .meta({ id: 'RequestPasswordReset', example: { email: 'ann@example.com' } });

/**
 * One read and one write in the boundary of the address, whoever it is of: what follows for somebody follows afterwards
 * (`beginPasswordReset`), so neither the answer nor its time tells whether there is anybody.
 */
export const requestPasswordReset = endpoint({
  name: 'request-password-reset',
  summary:
    'Mails a link by which a new password is set, if the address is somebody’s; at most three an hour. The answer is always the same',
  method: 'POST',
  route: 'auth/password-reset',
  roles: 'public',
  rate: 'auth',
  body: RequestPasswordReset,
  maxBodyBytes: mostBytesOfAForm,
  answers: { 202: z.undefined() },
  needs: ['signingKeys'],
  async handle({ body: { email: address }, unitOfWork, newId, now, signingKeys }) {
    const requests = await unitOfWork(addressBoundary(address)).load(ResetRequests, addressKey(address));
    const requestId = newId();
    const secret = currentSecretOf({ purpose: 'password-reset', address, requestId }, signingKeys.recent());
    const asked = { requestId, secretHash: storedSecret(secret), at: now.toISOString() };
    const next = withRequest(requests.current, asked, now);
    if (next !== undefined) requests.put(next);
    return acknowledged();
  },
});
