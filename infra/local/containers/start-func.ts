// `npm run start:func [-- --emulator]`: the containers of compose.yaml, and the app beside them under Azure Functions Core Tools.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { CannotStartError, described } from '../cannot-start-error.ts';
import { openDataDir } from '../data-dir/open.ts';
import { composeFile } from './prepare-containers.ts';
import { runUnderCoreTools } from './run-under-core-tools.ts';

const repository = path.resolve(import.meta.dirname, '../../..');
const folder = path.join(repository, '.local-func');

// Secrets are for who started this alone; what containers read is opened where it is written.
process.umask(0o077);
/** A Ctrl-C in the terminal reaches Docker and func as well, each of which ends in its own way. */
const stop = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());

try {
  const { emulator } = options();
  const lock = openDataDir(folder);
  try {
    await runUnderCoreTools({
      folder,
      settingsFile: path.join(repository, 'local.settings.json'),
      envFile: path.join(path.dirname(composeFile), '.env'),
      appDir: repository,
      environment: process.env,
      usesEmulator: emulator,
      stop: stop.signal,
      say: console.log,
    });
  } finally {
    lock.release();
  }
} catch (error) {
  // A start that was interrupted fails in its own ways; only what nobody asked for is worth a word.
  if (!stop.signal.aborted) {
    console.error(described(error));
    process.exitCode = 1;
  }
}

function options() {
  try {
    return parseArgs({ options: { emulator: { type: 'boolean', default: false } } }).values;
  } catch (error) {
    const usage =
      "Usage: npm run start:func [-- --emulator]\n  --emulator  Microsoft's emulator in place of our Cosmos server";
    throw new CannotStartError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}
