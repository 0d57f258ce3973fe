import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CannotStartError, codeOf } from '../cannot-start-error.ts';

const run = promisify(execFile);

type Environment = Readonly<Record<string, string | undefined>>;

/** What is run to see whether a tool is there and of use, and what to do where it is not. */
interface Check {
  readonly command: readonly [program: string, ...args: string[]];
  /** What it has to print. */
  readonly prints?: RegExp;
  readonly advice: string;
}

const checks: readonly Check[] = [
  {
    command: ['func', '--version'],
    prints: /^4\./m,
    advice:
      'Azure Functions Core Tools 4 are needed: npm install -g azure-functions-core-tools@4, or see https://learn.microsoft.com/azure/azure-functions/functions-run-local',
  },
  {
    command: ['docker', 'compose', 'version'],
    advice: 'Docker with Compose 2 is needed: see https://docs.docker.com/get-started/get-docker/',
  },
  {
    command: ['docker', 'info'],
    advice: 'Docker has to run: start Docker Desktop, or sudo systemctl start docker, as a user who may use it',
  },
];

/** @throws CannotStartError with a line for each tool that is missing, which says how to get it. */
export async function requireTools(environment: Environment): Promise<void> {
  const checked = await Promise.all(checks.map((check) => trouble(check, environment)));
  const troubles = checked.filter((each) => each !== undefined);
  // A program that is not there fails in every check of it.
  const first = troubles.filter(
    ({ program }, index) => troubles.findIndex((other) => other.program === program) === index,
  );
  if (first.length > 0) throw new CannotStartError(first.map(({ line }) => line).join('\n'));
}

async function trouble({ command, prints = /^/, advice }: Check, environment: Environment) {
  const [program, ...args] = command;
  let wrong: string | undefined;
  try {
    // npm installs func as a .cmd file on Windows, which only a shell runs.
    const { stdout } = await run(program, args, { env: { ...environment }, shell: process.platform === 'win32' });
    if (!prints.test(stdout)) wrong = `${program} is of version ${stdout.trim()}`;
  } catch (error) {
    wrong =
      codeOf(error) === 'ENOENT'
        ? `There is no ${program} on the PATH`
        : `${command.join(' ')} fails (${lastWordsOf(error)})`;
  }
  return wrong === undefined ? undefined : { program, line: `${wrong}. ${advice}.` };
}

function lastWordsOf(error: unknown): string {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  return said.trim().split('\n').at(-1) || String(error);
}
