import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { useCompileCache } from './compile-cache.mjs';
import { watchParent } from './parent-watch.mjs';
import { UnableError } from './unable.mjs';

/**
 * Runs the command with the chosen Node first on the path, and ends as it ends. A script for the Node that is running
 * already is imported instead of started: one process and some 45 MB less.
 */
export async function runCommand(root, node, command, args) {
  process.env.PATH = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  useCompileCache(root);
  const [script, ...rest] = args;
  const here = realpathSync(process.execPath) === realpathSync(node);
  if (command === 'node' && here && script !== undefined && !script.startsWith('-')) {
    watchParent(() => process.kill(process.pid, 'SIGTERM'));
    process.argv = [process.execPath, resolve(script), ...rest];
    await import(pathToFileURL(resolve(script)).href);
    return;
  }
  await runChild(command === 'node' ? node : command, args);
}

async function runChild(command, args) {
  // npm is a .cmd file on Windows, which only a shell runs.
  const child = spawn(command, args, { stdio: 'inherit', shell: process.platform === 'win32' && command === 'npm' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  watchParent(() => child.kill('SIGTERM'));

  const { code, signal } = await new Promise((resolve, reject) => {
    child.on('error', (error) => {
      reject(
        error.code === 'ENOENT'
          ? new UnableError(`${command} is not on the PATH: install it, then run this again.`)
          : error,
      );
    });
    child.on('exit', (code, signal) => resolve({ code, signal }));
  });
  // As a shell does it: a child that a signal ended is told by 128 and the signal's number.
  process.exitCode = code ?? 128 + (signalNumbers[signal] ?? 0);
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };
