import type { StackFile } from '../../../infra/local/stack-file.ts';
import { openStoredDocuments } from './stored-documents.ts';

/**
 * Has identity know people, with an address each, without the registering that takes a hash of a password: for tests of what is sent to
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
        write(userId, 'profile', { email: `${userId}@example.com`, addresses: [] }),
      ]),
    );
}

const atOnce = 50;

function* inGroups(userIds: readonly string[]): Generator<readonly string[]> {
  for (let start = 0; start < userIds.length; start += atOnce) yield userIds.slice(start, start + atOnce);
}
