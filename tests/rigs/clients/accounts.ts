import type { StackConnection } from '../stack/connect-stack.ts';
import { ApiClient, bodyOf } from './api-client.ts';

export interface User {
  readonly id: string;
  readonly email: string;
  readonly email_verified_at?: string;
  readonly first_name?: string;
  readonly last_name?: string;
  readonly phone?: string;
  readonly roles: readonly string[];
  readonly is_active: boolean;
  readonly created_at: string;
  readonly addresses: readonly { readonly id: string; readonly line1: string }[];
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly device_token: string;
}

/** A password that everybody here has. */
export const password = 'Admin123';

/** Whom the local settings make an admin by registering (`ADMIN_EMAILS`). */
const adminAddress = 'admin@example.com';

/**
 * Lets people of any tenant call the API as people do: they register, an admin gives them their roles, they log in. Each
 * does so once, since a password is dear to verify.
 */
export function accountsOn({ url }: Pick<StackConnection, 'url'>): Pick<StackConnection, 'as'> {
  const known = new Map<string, Promise<ApiClient>>();
  const as: StackConnection['as'] = (wanted, { sub, tenant = 'main' } = {}) => {
    const roles = [wanted].flat();
    const name = sub ?? roles.join('-');
    const key = `${tenant} ${name}`;
    const client = known.get(key) ?? (name === 'admin' ? asAdmin(url, tenant) : asUser(name, roles, tenant));
    known.set(key, client);
    return client;
  };
  async function asUser(name: string, roles: readonly string[], tenant: string): Promise<ApiClient> {
    const email = `${name}@example.com`;
    const { id } = await register(url, tenant, email);
    if (roles.join() !== 'customer') {
      const admin = await as('admin', { tenant });
      bodyOf(await admin.put(`/api/v1/users/${id}/roles`, { roles }), 200);
    }
    return loggedIn(url, tenant, email, id);
  }
  return { as };
}

async function asAdmin(url: string, tenant: string): Promise<ApiClient> {
  const { id } = await register(url, tenant, adminAddress);
  return loggedIn(url, tenant, adminAddress, id);
}

/** Registers somebody, or finds that they are. */
async function register(url: string, tenant: string, email: string): Promise<Pick<User, 'id'>> {
  const answer = await new ApiClient(url).post<User>('/api/v1/auth/register', { email, password }, inTenant(tenant));
  if (answer.status !== 409) return bodyOf(answer, 201);
  const client = await loggedIn(url, tenant, email, '');
  return bodyOf(await client.get<User>('/api/v1/users/me'), 200);
}

async function loggedIn(url: string, tenant: string, email: string, userId: string): Promise<ApiClient> {
  const credentials = { username: email, password };
  const answer = await new ApiClient(url).post<Tokens>('/api/v1/auth/login', credentials, inTenant(tenant));
  return new ApiClient(url, bodyOf(answer, 200).access_token, userId);
}

/** On a public route, a header names the tenant. */
export const inTenant = (tenant: string) => ({ headers: { 'x-tenant': tenant } });
