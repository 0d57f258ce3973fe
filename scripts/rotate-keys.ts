// `npm run rotate-keys`: has a new key sign tokens from now on; the keys before it verify until no token of theirs is left.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { writeWhole } from '../infra/embedded/write-whole.ts';
import { readSigningKeys, rotateSigningKeys } from '../shared/security/signing-keys.ts';
import { Duration } from '../shared/settings/duration.ts';

const usage = `Usage: npm run rotate-keys -- [--file FILE] [--retire-after PERIOD]
  --file          the key set; default: SIGNING_KEYS_FILE, or signing-keys.json in DATA_DIR
  --retire-after  how long the keys before verify on, such as P1D, the default; PT0S where a key is in wrong hands`;

const Options = z.object({ file: z.string().min(1), 'retire-after': Duration });

try {
  const { values } = parseArgs({ options: { file: { type: 'string' }, 'retire-after': { type: 'string' } } });
  const options = Options.parse({ file: defaultFile(), 'retire-after': 'P1D', ...values });
  const { file, 'retire-after': retireAfterMs } = options;
  const text = await rotateSigningKeys(readSigningKeys(file), { now: new Date(), retireAfterMs });
  writeWhole(file, text);
  console.log(
    `${file} has ${JSON.parse(text).keys.length} keys; a new one signs. Processes that run notice by themselves.`,
  );
} catch (error) {
  console.error(`${explain(error)}\n${usage}`);
  process.exitCode = 1;
}

function defaultFile(): string {
  return process.env.SIGNING_KEYS_FILE ?? path.join(process.env.DATA_DIR ?? '.local', 'signing-keys.json');
}

function explain(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  return error.issues.map(({ path: where, message }) => `--${String(where[0])}: ${message}`).join('\n');
}
