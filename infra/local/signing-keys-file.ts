import { existsSync } from 'node:fs';
import path from 'node:path';
import { createSigningKeys } from '../../shared/security/signing-keys.ts';
import { writeWhole } from '../embedded/write-whole.ts';

/** The file of the keys that sign tokens: made at the first start, so that a token outlives a restart. */
export async function storedSigningKeys(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'signing-keys.json');
  if (!existsSync(file)) writeWhole(file, await createSigningKeys());
  return file;
}
