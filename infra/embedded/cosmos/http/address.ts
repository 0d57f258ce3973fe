import { badRequest, unsupported } from '../errors.ts';

/** What a request's path names. */
export type Address =
  | { readonly kind: 'account' }
  | { readonly kind: 'databases' }
  | { readonly kind: 'database'; readonly database: string }
  | { readonly kind: 'containers'; readonly database: string }
  | { readonly kind: 'container'; readonly database: string; readonly container: string }
  | { readonly kind: 'ranges'; readonly database: string; readonly container: string }
  | { readonly kind: 'items'; readonly database: string; readonly container: string }
  | { readonly kind: 'item'; readonly database: string; readonly container: string; readonly id: string };

/** How each is written. */
export const paths: Readonly<Record<Address['kind'], string>> = {
  account: '/',
  databases: '/dbs',
  database: '/dbs/{database}',
  containers: '/dbs/{database}/colls',
  container: '/dbs/{database}/colls/{container}',
  ranges: '/dbs/{database}/colls/{container}/pkranges',
  items: '/dbs/{database}/colls/{container}/docs',
  item: '/dbs/{database}/colls/{container}/docs/{id}',
};

/** Resources that the service has besides, by how a path names them: refused by name. */
export const refusedResources: Readonly<Record<string, string>> = {
  sprocs: 'Stored procedures',
  triggers: 'Triggers',
  udfs: 'User-defined functions',
  conflicts: 'Conflicts',
  users: 'Users',
  clientencryptionkeys: 'Client encryption keys',
  offers: 'Throughput',
};

function refused(resource: string): Error {
  return unsupported(`${refusedResources[resource] ?? 'Resource type'} (${resource})`);
}

/** The parts of a path, decoded; an empty list is the account itself. */
export function segmentsOf(url: string): readonly string[] {
  const path = url.split('?', 1)[0] ?? '';
  try {
    return path
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    // decodeURIComponent throws on a lone % and on bytes that are no UTF-8.
    throw badRequest(`The path ${path} is not properly percent-encoded.`);
  }
}

/** Resolves `/dbs/{database}/colls/{container}/docs/{id}` and the shorter paths that lead there. */
export function addressOf(segments: readonly string[]): Address {
  const [root, database, colls, container, leaf, id, ...rest] = segments;
  if (root === undefined) return { kind: 'account' };
  if (root === 'offers') throw refused(root);
  if (root !== 'dbs' || rest.length > 0) throw badRequest(`There is nothing at /${segments.join('/')}.`);
  if (database === undefined) return { kind: 'databases' };
  if (colls === undefined) return { kind: 'database', database };
  if (colls !== 'colls') throw refused(colls);
  if (container === undefined) return { kind: 'containers', database };
  if (leaf === undefined) return { kind: 'container', database, container };
  if (leaf === 'pkranges' && id === undefined) return { kind: 'ranges', database, container };
  if (leaf !== 'docs') throw refused(leaf);
  return id === undefined ? { kind: 'items', database, container } : { kind: 'item', database, container, id };
}
