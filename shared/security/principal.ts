import { z } from 'zod';

export const roles = [
  'admin',
  'manager',
  'sales',
  'warehouse',
  'purchasing',
  'logistics',
  'hr',
  'payroll',
  'auditor',
  'operator',
  'customer',
] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;
/** Everybody's but a customer's. */
export const staffRoles: readonly Role[] = roles.filter((role) => role !== 'customer');

/** Tenant names go into partition keys, tokens and headers. What belongs to no tenant is the system's, so none is called that. */
export const Tenant = z.string().regex(/^(?!system$)[a-z0-9-]{1,40}$/, {
  error: 'a tenant is 1 to 40 lower-case letters, digits or hyphens, and not system',
});
export const defaultTenant = 'main';
/** Whose is what belongs to no tenant. */
export const systemTenant = 'system';

/** Who calls is part of ids and paths: neither may have other characters, and no path can name `.` or `..`. */
export const TokenSubject = z.string().regex(/^(?!\.{1,2}$)[A-Za-z0-9._@|:-]{1,128}$/, {
  error: 'is not 1 to 128 letters, digits or . _ @ | : -',
});

/** Who calls, as their token says. */
export interface Principal {
  readonly sub: string;
  readonly tenant: string;
  readonly roles: readonly Role[];
  /** The session that the token was given out for, where it was for one. */
  readonly session?: string;
}

/** Who calls, and how far they may see. */
export interface Access {
  readonly caller: Principal;
  /** Only what is the caller's own counts: they have none of the roles that may ask about others. */
  readonly isForOneself: boolean;
}

/** Whether one of these roles is enough; admin passes every check within its tenant. */
export function hasRole(principal: Principal, ...sufficient: readonly Role[]): boolean {
  return principal.roles.some((role) => role === 'admin' || sufficient.includes(role));
}
