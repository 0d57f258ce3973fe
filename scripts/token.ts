// `npm run token -- --role sales --sub X --tenant Y`: prints an access token that the local stack accepts.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { issueToken } from '../shared/security/issue-token.ts';
import { Role, roles, TokenSubject } from '../shared/security/principal.ts';
import { readSigningKeys } from '../shared/security/signing-keys.ts';
import { isTenant, TenantsSetting, tenantOfNobody } from '../shared/settings/tenants.ts';

const usage = `Usage: npm run token -- [--role ROLE]... [--sub WHO] [--tenant TENANT] [--expires-in SPAN]
  --role        ${roles.join(', ')}; several by repeating it; default customer
  --sub         who the token is for; default: the first role
  --tenant      one of TENANTS; default main, or the first of them
  --expires-in  such as 15m or 30d; default 12h`;

const Options = z.object({
  role: z.array(Role).default(['customer']),
  sub: TokenSubject.optional(),
  tenant: z.string().optional(),
  'expires-in': z
    .string()
    .regex(/^[1-9]\d* ?[smhdw]$/, { error: 'is no span such as 15m or 30d' })
    .default('12h'),
});

try {
  const { values } = parseArgs({
    options: {
      role: { type: 'string', multiple: true },
      sub: { type: 'string' },
      tenant: { type: 'string' },
      'expires-in': { type: 'string' },
    },
  });
  const options = Options.parse(values);
  console.log(await tokenFor(options));
} catch (error) {
  console.error(`${explain(error)}\n${usage}`);
  process.exitCode = 1;
}

function tokenFor({ role, sub, tenant: named, 'expires-in': expiresIn }: z.infer<typeof Options>): Promise<string> {
  const tenant = tenantFor(named);
  const keysFile = path.join(process.env.DATA_DIR ?? '.local', 'signing-keys.json');
  if (!existsSync(keysFile)) throw new Error(`${keysFile} is not there: run npm start once, with the same DATA_DIR.`);
  const issuer = process.env.TOKEN_ISSUER ?? 'lagerhaus';
  const audience = process.env.TOKEN_AUDIENCE ?? 'lagerhaus';
  const keys = readSigningKeys(keysFile);
  return issueToken({ keys, issuer, audience, sub: sub ?? role[0] ?? 'customer', tenant, roles: role, expiresIn });
}

/** One that the stack has, where it was started with the same TENANTS. */
function tenantFor(named: string | undefined): string {
  const { data: tenants, error } = TenantsSetting.safeParse(process.env.TENANTS || '*');
  if (tenants === undefined) throw new Error(`TENANTS: ${error.issues[0]?.message}`);
  const tenant = named ?? tenantOfNobody(tenants);
  if (!isTenant(tenant, tenants)) throw new Error(`--tenant: ${tenant} is no tenant, or none that TENANTS names`);
  return tenant;
}

function explain(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  return error.issues.map(({ path: where, message }) => `--${String(where[0])}: ${message}`).join('\n');
}
