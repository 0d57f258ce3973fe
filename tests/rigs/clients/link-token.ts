import { z } from 'zod';
import type { StackFile } from '../../../infra/local/stack-file.ts';
import { AccountLink } from '../../../shared/lookups/account-link.ts';
import { eventually } from '../stack/eventually.ts';
import { openLookups } from './lookup-client.ts';
import { openStoredDocuments } from './stored-documents.ts';

const Links = z.looseObject({ links: z.array(z.looseObject({ requestId: z.string() })) });

interface Asked {
  readonly tenant: string;
  readonly userId: string;
  readonly purpose: 'password-reset' | 'email-verification';
}

/** What the newest mail with a link carries, without waiting for the mail. */
export async function linkToken(
  stack: Pick<StackFile, 'cosmos' | 'tokens'>,
  { tenant, userId, purpose }: Asked,
): Promise<string> {
  using documents = openStoredDocuments(stack);
  using lookups = openLookups(stack);
  return await eventually(async () => {
    const kept = await documents.of(tenant, 'identity', purpose);
    const own = kept.find(({ boundary }) => boundary === `${tenant}/user:${userId}`);
    const requestId = Links.parse(own).links.at(-1)?.requestId ?? '';
    const found = await lookups.lookupOf(tenant)(AccountLink, { userId, purpose, requestId });
    return z.string().parse(new URLSearchParams(new URL(found?.link ?? '').hash.slice(1)).get('token'));
  });
}
