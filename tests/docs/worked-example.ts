import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

/** A fenced block of a document: its language, what stands behind it, and what is in it. */
export interface Block {
  readonly language: string;
  readonly argument: string;
  readonly text: string;
}

/** The fenced blocks of a Markdown text, in their order. */
export function blocksOf(markdown: string): readonly Block[] {
  return [...markdown.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', argument = '', text = '']) => ({ language, argument, text }),
  );
}

/** The repository in another folder, to be changed as one likes; its packages are those of the original. */
export function copyRepository(root: string, copy: string): void {
  const left = new Set(['node_modules', '.git', '.local', '.tests']);
  cpSync(root, copy, { recursive: true, filter: (file) => !left.has(path.basename(file)) });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
}

/**
 * Does what a block asks of a reader: `ts FILE` is a new file, `diff FILE` an edit, `sh` commands to run.
 *
 * @throws Error that names the block when it cannot be followed, or a command fails.
 */
export async function follow({ language, argument, text }: Block, folder: string): Promise<void> {
  if (language === 'ts') return create(path.join(folder, argument), text);
  if (language === 'diff') return edit(path.join(folder, argument), text);
  for (const command of text.trim().split('\n')) await run(command, folder);
}

function create(file: string, text: string): void {
  if (existsSync(file)) throw new Error(`${file} is there already`);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}

/** Replaces the lines that stay or go by those that stay or come; they have to be there once. */
function edit(file: string, diff: string): void {
  const lines = diff.split('\n').slice(0, -1);
  const side = (...signs: readonly string[]) =>
    lines
      .filter((line) => signs.includes(line.charAt(0)))
      .map((line) => `${line.slice(1)}\n`)
      .join('');
  const text = readFileSync(file, 'utf8');
  const [before, after, ...more] = text.split(side(' ', '-'));
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`${file} does not have exactly one place for this edit:\n${diff}`);
  writeFileSync(file, `${before}${side(' ', '+')}${after}`);
}

/** What commands of the documents run, without the installation that `npm` would look after in the copy. */
const programs: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'npm run docs': [['node', '--disable-warning=ExperimentalWarning', 'scripts/generate-docs.ts']],
  'npm run check': [
    ['tsc', '--noEmit'],
    ['biome', 'check', '--error-on-warnings', '.'],
    ['vitest', 'run', '--project', 'house'],
  ],
};

async function run(command: string, folder: string): Promise<void> {
  const [first = '', ...args] = command.split(' ');
  const steps = first === 'npx' ? [args] : first === 'node' ? [[first, ...args]] : programs[command];
  if (steps === undefined) throw new Error(`'${command}' is new here: tell tests/docs/worked-example.ts what it runs`);
  const bin = path.join(folder, 'node_modules/.bin');
  const env = { PATH: `${bin}${path.delimiter}${process.env.PATH}`, HOME: folder, NO_COLOR: '1' };
  for (const [program = '', ...rest] of steps) {
    await promisify(execFile)(path.join(bin, program), rest, { cwd: folder, env }).catch((error: unknown) => {
      const said = error instanceof Error && 'stdout' in error && 'stderr' in error ? [error.stdout, error.stderr] : [];
      throw new Error(`'${command}' fails:\n${said.map(String).join('\n')}`, { cause: error });
    });
  }
}
