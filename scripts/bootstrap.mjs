// Runs a command on the Node version that this project pins, after installing what the lock file names.
//
//   node scripts/bootstrap.mjs <command> [argument...]
//
// Plain JavaScript without dependencies, because it runs before anything is installed, on any Node from 20.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './bootstrap/install.mjs';
import { chooseNode, requireBootableNode } from './bootstrap/node-version.mjs';
import { runCommand } from './bootstrap/run-command.mjs';
import { UnableError } from './bootstrap/unable.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

try {
  requireBootableNode();
  const [command, ...args] = process.argv.slice(2);
  if (command === undefined)
    throw new UnableError('Name a command: node scripts/bootstrap.mjs <command> [argument...]');
  await ensureInstalled(root);
  await runCommand(root, chooseNode(root), command, args);
} catch (error) {
  // What a person can act on is one line; anything else is a bug and keeps its stack.
  console.error(error instanceof UnableError ? error.message : error);
  process.exitCode = 1;
}
