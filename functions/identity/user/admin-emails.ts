import { z } from 'zod';
import { EmailAddress } from '../../../shared/email-address.ts';
import { defaultTenant, Tenant } from '../../../shared/security/principal.ts';
import { list } from '../../../shared/settings/list-setting.ts';

/** Who becomes admin by registering, and where: `*` is every tenant that no outside issuer has. */
export interface AdminEmail {
  readonly tenant: string;
  readonly address: string;
}

const Entry = z.object({ tenant: Tenant.or(z.literal('*')), address: EmailAddress });

/** The setting: entries separated by commas. No address that we take has a colon. */
export const AdminEmails = list.pipe(
  z.array(
    z.string().transform((text, context): AdminEmail => {
      const [address, tenant = defaultTenant, ...rest] = text.split(':').toReversed();
      const { data: entry } = Entry.safeParse({ tenant, address: rest.length > 0 ? text : address });
      if (entry !== undefined) return entry;
      context.addIssue(
        'is written acme:boss@example.com, *:boss@example.com for every tenant, or boss@example.com for main',
      );
      return z.NEVER;
    }),
  ),
);
