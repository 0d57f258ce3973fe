import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { defineProjection, type Projection } from '../../../shared/model/projection.ts';
import type { UnitOfWork } from '../../../shared/persistence/commit/unit-of-work.ts';
import { currentHash } from '../../../shared/security/keyed-hash.ts';
import type { SigningKeys } from '../../../shared/security/signing-keys.ts';
import { rememberedSeconds } from '../../../shared/settings/retention.ts';
import { addressKey } from './email-address.ts';

const Salt = z.object({ salt: z.string(), ttl: z.int() });

/**
 * What the name of an address in events is made with, kept in its boundary for as long as it is somebody's, at most for two weeks.
 * Once it is gone, nobody can tell whose the name was, whatever keys they have.
 */
export const AddressSalt: Projection<z.infer<typeof Salt>> = defineProjection({ kind: 'salt', state: Salt });

/** The name of an address in events: a keyed hash, which cannot be tried out without the salt and the key of the app. */
export async function addressNameIn(work: UnitOfWork, address: string, keys: SigningKeys): Promise<string> {
  const salt = await work.load(AddressSalt, addressKey(address));
  if (!salt.exists) salt.put({ salt: randomBytes(16).toString('base64url'), ttl: rememberedSeconds });
  return currentHash(keys, 'address', [address, salt.state.salt]);
}
