import { z } from 'zod';
import { Role, Tenant } from './principal.ts';

/** Only with asymmetric keys: what everybody can read must not be able to sign (RFC 8725, section 3.1). */
const Algorithm = z.enum(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA']);

/** Keys that come over an open line could be anybody's: TLS, or this machine. */
export const SafeUrl = z
  .url()
  .refine((url) => /^https:|^http:\/\/(127\.0\.0\.1|localhost|\[::1\])[:/]/.test(`${url}/`), {
    error: 'must begin with https',
  });

/** An outside OpenID Connect issuer whose tokens are accepted, and what its claims mean here. */
export const TrustedIssuer = z.strictObject({
  /** Stands before the subjects of its tokens, so that none of them can be somebody else here. */
  name: z.string().regex(/^[a-z0-9-]{1,20}$/, { error: 'is 1 to 20 lower-case letters, digits or hyphens' }),
  issuer: SafeUrl,
  audience: z.string().min(1),
  /** Where its keys are; without it, its discovery document says so. */
  jwksUri: SafeUrl.optional(),
  algorithms: z.array(Algorithm).min(1).default(['RS256']),
  /** The tenant of all its tokens, or which claim tells it, and what its values mean. */
  tenant: z.union([Tenant, z.strictObject({ claim: z.string().min(1), values: z.record(z.string(), Tenant) })]),
  roles: z.strictObject({ claim: z.string().min(1).default('roles'), values: z.record(z.string(), z.array(Role)) }),
});
export type TrustedIssuer = z.output<typeof TrustedIssuer>;

const List = z.array(TrustedIssuer).refine((list) => new Set(list.flatMap(namesOf)).size === 2 * list.length, {
  error: 'each issuer has a name and a URL of its own',
});

/** The setting, as JSON text. */
export const TrustedIssuers = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text);
    } catch (error) {
      context.addIssue(`is no JSON: ${String(error)}`);
      return z.NEVER;
    }
  })
  .pipe(List)
  .meta({ format: 'json' });

function namesOf({ name, issuer }: TrustedIssuer): readonly string[] {
  return [`name ${name}`, `issuer ${issuer}`];
}

/** The tenants that tokens of an issuer may be of. */
export function tenantsOf({ tenant }: Pick<TrustedIssuer, 'tenant'>): readonly string[] {
  return typeof tenant === 'string' ? [tenant] : Object.values(tenant.values);
}
