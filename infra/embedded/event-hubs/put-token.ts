import { type Claim, claimOfSignature, pathOf } from './access-token.ts';
import { AmqpError, errorForStatus } from './amqp-error.ts';
import type { AmqpAnswer, AmqpRequest } from './answer-request.ts';
import type { Client } from './client.ts';
import type { Hubs } from './hubs.ts';

/**
 * `$cbs`: a client shows a token for what it wants to use, and shows another before that one is over (claims-based security,
 * learn.microsoft.com/azure/service-bus-messaging/service-bus-amqp-protocol-guide#claims-based-authorization).
 */
export async function putToken({ properties, body }: AmqpRequest, client: Client, hubs: Hubs): Promise<AmqpAnswer> {
  const { operation, type, name } = properties;
  if (operation !== 'put-token') throw new AmqpError('argument', `$cbs knows put-token, not ${operation}`);
  const path = pathOf(String(name));
  const verdict = await hubs.judge('PutToken', path, client.name);
  if (verdict.kind === 'refuse') throw errorForStatus(verdict.status);
  client.allow(await claimIn(String(type), String(body), path, hubs));
  return { status: 202, description: 'Accepted' };
}

/** What a token can be: a shared access signature, or an identity's. */
export const tokenTypes = { signature: 'servicebus.windows.net:sastoken', identity: 'jwt' };

async function claimIn(type: string, token: string, path: string, { policy, identities }: Hubs): Promise<Claim> {
  if (type === tokenTypes.signature) return claimOfSignature(token, policy, Date.now());
  if (type !== tokenTypes.identity) throw new AmqpError('argument', `there are no tokens of type ${type}`);
  const identity = await identities?.identityIn(token);
  if (identity === undefined) throw new AmqpError('unauthorized', 'InvalidToken: The token is invalid or expired.');
  return { path, expiresAt: identity.expiresAt };
}
