import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeWhole } from '../../embedded/write-whole.ts';
import { CannotStartError } from '../cannot-start-error.ts';
import { provision } from '../programs/provisioning.ts';
import { containersWelcome } from './containers-welcome.ts';
import { composeFile, type Preparation, prepareContainers } from './prepare-containers.ts';
import { requireTools } from './required-tools.ts';

export interface CoreToolsRun extends Preparation {
  /** Where `docker compose -f infra/local/compose.yaml` looks for variables by itself. */
  readonly envFile: string;
  readonly appDir: string;
  /** Aborted when the app is to end. */
  readonly stop: AbortSignal;
  readonly say: (text: string) => void;
}

/**
 * Starts the containers of compose.yaml, makes topics and containers of Cosmos DB, and runs the app under Core Tools to its end.
 *
 * @throws CannotStartError with a line for each thing that hinders it.
 */
export async function runUnderCoreTools(start: CoreToolsRun): Promise<void> {
  const { envFile, appDir, environment, usesEmulator, stop, say } = start;
  const { variables, settings } = await prepareContainers(start);
  writeWhole(envFile, envText(variables));
  await requireTools(environment);

  const run = (program: string, args: readonly string[], env: Environment) =>
    runToItsEnd(program, args, { cwd: appDir, env: { ...env }, stop });
  const profile = usesEmulator ? ['--profile', 'emulator'] : [];
  const compose = ['compose', '--file', composeFile, ...profile, 'up', '--detach', '--wait'];
  await run('docker', compose, { ...environment, ...variables });
  await provision(appDir, { ...environment, ...settings }, stop);
  say(containersWelcome(variables));
  // For Core Tools the environment comes before local.settings.json, which is what counts here.
  const others = Object.entries(environment).filter(([name]) => !(name in settings));
  await run('func', ['start'], Object.fromEntries(others));
}

type Environment = CoreToolsRun['environment'];

function envText(variables: Readonly<Record<string, string>>): string {
  const lines = Object.entries(variables).map(([name, value]) => `${name}=${value}`);
  return ['# Made by npm run start:func, each time.', ...lines, ''].join('\n');
}

interface Surroundings {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly stop: AbortSignal;
}

/** Runs a program in this terminal. @throws CannotStartError where it does not end well. */
async function runToItsEnd(program: string, args: readonly string[], { cwd, env, stop }: Surroundings): Promise<void> {
  // npm installs func as a .cmd file on Windows, which only a shell runs.
  const child = spawn(program, args, { cwd, env, stdio: 'inherit', shell: process.platform === 'win32' });
  const tell = () => void child.kill('SIGTERM');
  stop.addEventListener('abort', tell);
  const [code] = await once(child, 'exit');
  stop.removeEventListener('abort', tell);
  if (code !== 0) throw new CannotStartError(`${[program, ...args].join(' ')} ended with exit code ${code}.`);
}
