import type { StackFile } from '../../../infra/local/stack-file.ts';
import { issueToken } from '../../../shared/security/issue-token.ts';
import type { Role } from '../../../shared/security/principal.ts';
import { readSigningKeys } from '../../../shared/security/signing-keys.ts';
import { ApiClient } from '../clients/api-client.ts';
import { type BusObserver, observeBus } from '../clients/bus-observer.ts';
import { sentAndRead, settled } from './settled.ts';

export interface TokenOptions {
  readonly sub?: string;
  readonly tenant?: string;
}

/** What a client does with a stack that runs, whoever started it. */
export interface StackConnection extends StackFile {
  token(roles: Role | readonly Role[], options?: TokenOptions): Promise<string>;
  /** The API with a token of these roles. */
  as(roles: Role | readonly Role[], options?: TokenOptions): Promise<ApiClient>;
  observe(...topics: readonly string[]): Promise<BusObserver>;
  /** Waits until nothing is under way, which on a stack that others use may never be. */
  settled(withinMs?: number): Promise<void>;
  /** Waits until all that a tenant's commits owe is sent, and read by everybody. */
  sentAndRead(tenant: string, withinMs?: number): Promise<void>;
}

export function connectStack(stack: StackFile): StackConnection {
  const token: StackConnection['token'] = (roles, { sub = 'tester', tenant = 'main' } = {}) =>
    issueToken({
      ...stack.tokens,
      keys: readSigningKeys(stack.tokens.keysFile),
      sub,
      tenant,
      roles: [roles].flat(),
      expiresIn: '1h',
    });
  return {
    ...stack,
    token,
    as: async (roles, options) => new ApiClient(stack.url, await token(roles, options), options?.sub ?? 'tester'),
    observe: (...topics) => observeBus(stack.kafka, topics),
    settled: (withinMs) => settled(stack, withinMs),
    sentAndRead: (tenant, withinMs) => sentAndRead(stack, tenant, withinMs),
  };
}
