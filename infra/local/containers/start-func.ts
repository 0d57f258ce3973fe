// `npm run start:func [-- --emulator]`: the containers of compose.yaml, and the app beside them under Azure Functions Core Tools.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { writeWhole } from '../../embedded/write-whole.ts';
import { CannotStartError, described } from '../cannot-start-error.ts';
import { openDataDir } from '../data-dir/open.ts';
import { provision } from '../programs/provisioning.ts';
import { containersWelcome } from './containers-welcome.ts';
import { composeFile, prepareContainers } from './prepare-containers.ts';
import { requireTools } from './required-tools.ts';

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
    const { variables, settings } = await prepareContainers({
      folder,
      settingsFile: path.join(repository, 'local.settings.json'),
      environment: process.env,
      usesEmulator: emulator,
    });
    writeWhole(path.join(path.dirname(composeFile), '.env'), envFile(variables));
    await requireTools(process.env);
    const profile = emulator ? ['--profile', 'emulator'] : [];
    const compose = ['compose', '--file', composeFile, ...profile, 'up', '--detach', '--wait'];
    await run('docker', compose, { ...process.env, ...variables });
    await provision(repository, { ...process.env, ...settings }, stop.signal);
    console.log(containersWelcome(variables));
    // For Core Tools the environment comes before local.settings.json, which is what counts here.
    const others = Object.entries(process.env).filter(([name]) => !(name in settings));
    await run('func', ['start'], Object.fromEntries(others));
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

/** So that `docker compose -f infra/local/compose.yaml` finds the same by itself. */
function envFile(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return ['# Made by npm run start:func, each time.', ...lines, ''].join('\n');
}

/** Runs a program in this terminal to its end. @throws CannotStartError where it does not end well. */
async function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  // npm installs func as a .cmd file on Windows, which only a shell runs.
  const child = spawn(program, args, { cwd: repository, env, stdio: 'inherit', shell: process.platform === 'win32' });
  const tell = () => void child.kill('SIGTERM');
  stop.signal.addEventListener('abort', tell);
  const [code] = await once(child, 'exit');
  stop.signal.removeEventListener('abort', tell);
  if (code !== 0) throw new CannotStartError(`${[program, ...args].join(' ')} ended with exit code ${code}.`);
}
