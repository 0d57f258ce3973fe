import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../embedded/write-whole.ts';
import { CannotStartError } from './cannot-start-error.ts';

const Credentials = z.object({
  kafkaUser: z.string().min(1),
  kafkaPassword: z.string().min(1),
  /** Base64, as Cosmos DB's keys are. */
  cosmosKey: z.base64(),
});
export type Credentials = z.output<typeof Credentials>;

/** The user of the broker and the key of the Cosmos server: made at the first start, the same ever after. */
export function storedCredentials(dataDir: string): Credentials {
  const file = path.join(dataDir, 'credentials.json');
  if (!existsSync(file)) writeWhole(file, `${JSON.stringify(made(), null, 2)}\n`);
  try {
    return Credentials.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new CannotStartError(`${file} is damaged: delete that file and start again.`, { cause: error });
  }
}

function made(): Credentials {
  return {
    kafkaUser: 'lagerhaus',
    kafkaPassword: randomBytes(18).toString('base64url'),
    cosmosKey: randomBytes(64).toString('base64'),
  };
}
