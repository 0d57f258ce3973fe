import { randomUUID } from 'node:crypto';
import { accountsOn, inTenant, password, type Tokens, type User } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf, type CallOptions } from '../rigs/clients/api-client.ts';
import { sharedStack } from './open-shop.ts';

/** A tenant of its own, and what people do there who are not logged in yet. */
export function identityBench({ url }: { readonly url: string } = sharedStack()) {
  const tenant = `t-${randomUUID()}`;
  const accounts = accountsOn({ url });
  const nobody = new ApiClient(url);
  const call = <T>(path: string, body: unknown, { headers, ...options }: CallOptions = {}) =>
    nobody.post<T>(`/api/v1/auth/${path}`, body, { headers: { ...inTenant(tenant).headers, ...headers }, ...options });
  const bench = {
    tenant,
    url,
    admin: () => accounts.as('admin', { tenant }),
    register: <T = User>(email: string, more: object = {}, options: CallOptions = {}) =>
      call<T>('register', { email, password, ...more }, options),
    logIn: <T = Tokens>(username: string, attempt = password, options: CallOptions = {}, more: object = {}) =>
      call<T>('login', { username, password: attempt, ...more }, options),
    refresh: <T = Tokens>(refreshToken: string) => call<T>('refresh', { refresh_token: refreshToken }),
    logOut: (refreshToken: string) => call('logout', { refresh_token: refreshToken }),
    client: ({ access_token }: Tokens) => new ApiClient(url, access_token),
    /** Somebody who has registered and logged in. */
    async somebody(email = 'ann@example.com') {
      const user = bodyOf(await bench.register(email), 201);
      const tokens = bodyOf(await bench.logIn(email), 200);
      return { user, tokens, api: bench.client(tokens) };
    },
  };
  return bench;
}
