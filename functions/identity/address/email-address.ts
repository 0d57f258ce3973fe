import { hashOf } from '../../../shared/ids.ts';

/**
 * What stands for the address in ids and boundaries: a hash, since an address may have characters that Cosmos DB takes in no
 * id, and so that the names of documents tell nobody's address.
 */
export function addressKey(address: string): string {
  return hashOf([address]);
}

/** Whose the address is, and how often its password was guessed. */
export function addressBoundary(address: string): string {
  return `email:${addressKey(address)}`;
}
