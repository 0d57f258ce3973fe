import type { StackFile } from '../../../infra/local/stack-file.ts';
import { openStoredDocuments } from './stored-documents.ts';

/**
 * Has identity know people, with an address and a telephone each, without the registering that takes a hash of a password: for tests of what is sent to
 * them, by the hundred.
 */
export async function knowPeople(
  stack: Pick<StackFile, 'cosmos'>,
  tenant: string,
  userIds: readonly string[],
): Promise<void> {
  using documents = openStoredDocuments(stack);
  const createdAt = new Date().toISOString();
  const write = (userId: string, kind: string, state: object) =>
    documents.write('identity', {
      id: `${kind}:${userId}`,
      boundary: `${tenant}/user:${userId}`,
      kind,
      version: 1,
      ...state,
    });
  for (const group of inGroups(userIds))
    await Promise.all(
      group.flatMap((userId) => [
        write(userId, 'user', { userId, roles: ['customer'], status: 'active', createdAt }),
        write(userId, 'profile', { email: `${userId}@example.com`, phone: '+4915735980001', addresses: [] }),
      ]),
    );
}

/** Has notifications know of what they want to hear by which channel. */
export async function knowWishes(
  stack: Pick<StackFile, 'cosmos'>,
  tenant: string,
  userIds: readonly string[],
  wishes: { readonly email: readonly string[]; readonly sms: readonly string[] },
): Promise<void> {
  using documents = openStoredDocuments(stack);
  const kind = 'notification-preferences';
  const at = new Date().toISOString();
  for (const group of inGroups(userIds))
    await Promise.all(
      group.map((recipientId) =>
        documents.write('notifications', {
          ...{ id: `${kind}:own`, boundary: `${tenant}/recipient:${recipientId}`, kind, version: 1 },
          ...{ recipientId, ...wishes, language: 'en', at },
        }),
      ),
    );
}

const atOnce = 50;

function* inGroups(userIds: readonly string[]): Generator<readonly string[]> {
  for (let start = 0; start < userIds.length; start += atOnce) yield userIds.slice(start, start + atOnce);
}
