import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A command of a document, and what the document shows of its answer: pieces in their order, with anything between them. */
export interface Shown {
  readonly command: string;
  readonly pieces: readonly string[];
}

/** The commands of a Markdown text: what stands behind `$ ` in its blocks, with the lines that it goes on in. */
export function commandsIn(markdown: string): readonly Shown[] {
  return [...markdown.matchAll(/^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ |```).*\n)*)/gm)].map(
    ([, command = '', answer = '']) => ({
      command,
      pieces: answer
        .split('…')
        .map((piece) => piece.trim())
        .filter((piece) => piece !== ''),
    }),
  );
}

/** What each command answers when all are typed into one shell, one after the other. */
export async function typed(
  commands: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const end = 'that was the answer';
  const script = ['set -e', ...commands.flatMap((command) => [command, `echo; echo '${end}'`])].join('\n');
  const { stdout } = await run('bash', ['-c', script], { env: { PATH: process.env.PATH, ...env } });
  return stdout.split(`\n${end}\n`).slice(0, commands.length);
}

/** The pieces that an answer does not have, where each is looked for behind the one before it. */
export function missing(pieces: readonly string[], answer = ''): readonly string[] {
  let from = 0;
  return pieces.filter((piece) => {
    const at = answer.indexOf(piece, from);
    if (at >= 0) from = at + piece.length;
    return at < 0;
  });
}
