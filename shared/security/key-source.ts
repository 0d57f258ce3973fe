import { statSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import { readSigningKeys, type SigningKeys } from './signing-keys.ts';

/** The keys that sign and verify, as they are at the moment. */
export interface KeySource {
  /** Looks now. What is given is the same object for as long as nothing has changed. */
  readonly now: () => SigningKeys;
  /** What was seen within the last second: costs nothing, so that it may be asked at every request. */
  readonly recent: () => SigningKeys;
}

const freshMs = 1_000;

interface KeySettings {
  readonly SIGNING_KEYS?: SigningKeys | undefined;
  readonly SIGNING_KEYS_FILE?: string | undefined;
}

interface Context {
  readonly clock: Pick<Clock, 'now'>;
  /** Hears of a file that cannot be read any more. */
  readonly warn: (message: string, error: unknown) => void;
}

/** The keys that a setting holds, which are the same for as long as the process runs, or those of the file that one names. */
export function keySourceOf({ SIGNING_KEYS: keys, SIGNING_KEYS_FILE: file }: KeySettings, context: Context): KeySource {
  if (keys !== undefined) return { now: () => keys, recent: () => keys };
  if (file === undefined) throw new Error('neither SIGNING_KEYS nor SIGNING_KEYS_FILE is set');
  return signingKeyFile(file, context);
}

/**
 * The key set of a file, which is read again when the file has changed: rotated keys take effect in processes that run.
 * A file that cannot be read any more changes nothing but the log.
 *
 * @throws Error at once, when the file is no key set to begin with.
 */
export function signingKeyFile(file: string, { clock, warn }: Context): KeySource {
  let stamp = stampOf(file);
  let keys = readSigningKeys(file);
  let lookedAt = clock.now().getTime();
  const look = () => {
    lookedAt = clock.now().getTime();
    try {
      const newStamp = stampOf(file);
      if (newStamp === stamp) return keys;
      stamp = newStamp;
      keys = readSigningKeys(file);
    } catch (error) {
      warn('signing keys cannot be read, the previous ones stay in use', error);
    }
    return keys;
  };
  return { now: look, recent: () => (clock.now().getTime() - lookedAt < freshMs ? keys : look()) };
}

/** Another one for each file that was put under the name, and for each change of it. */
function stampOf(file: string): string {
  const { ino, mtimeMs, size } = statSync(file);
  return `${ino} ${mtimeMs} ${size}`;
}
