import { spawn } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { installProgress } from './install-progress.mjs';
import { UnableError } from './unable.mjs';

const onWindows = process.platform === 'win32';

/** What npm's error codes ask of a person; the rest is in the log. */
const advice = [
  [/EUSAGE/, 'package.json and package-lock.json do not fit each other: make them fit with npm install'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/,
    'the npm registry cannot be reached: check the network or the proxy (npm config get registry)',
  ],
  [/E401|E403/, 'the npm registry refuses access: log in to it, or check npm config get registry'],
  [/ENOSPC/, 'the disk is full: make room'],
  [/EACCES|EPERM/, 'npm may not write to node_modules: check who owns the folder'],
];

/** Runs `npm ci`, showing how far it is. What npm itself says goes to npm-install.log, which an error names. */
export async function npmCi(root) {
  const log = join(root, 'npm-install.log');
  const progress = installProgress(root);
  // EBADENGINE is expected when the first start runs on an older Node than the pinned one, which npm is about to bring.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const npm = spawn('npm', args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell: onWindows });
  const output = createWriteStream(log);
  npm.stdout.pipe(output, { end: false });
  npm.stderr.pipe(output, { end: false });
  const giveUp = (signal) => {
    npm.kill(signal);
    process.exit(1);
  };
  process.once('SIGINT', giveUp).once('SIGTERM', giveUp);
  try {
    const code = await endOf(npm);
    await new Promise((resolve) => output.end(resolve));
    if (code !== 0)
      throw new UnableError(
        `Packages are not installed, ${reasonIn(log)}, then run this again. npm's own words: ${log}`,
      );
  } finally {
    process.off('SIGINT', giveUp).off('SIGTERM', giveUp);
    progress.end();
  }
}

function endOf(npm) {
  return new Promise((resolve, reject) => {
    npm.on('error', (error) => {
      const missing = error.code === 'ENOENT';
      reject(
        missing
          ? new UnableError('npm is not on the PATH: install Node with npm (https://nodejs.org), then run this again.')
          : error,
      );
    });
    npm.on('close', resolve);
  });
}

function reasonIn(log) {
  const words = readFileSync(log, 'utf8');
  const known = advice.find(([pattern]) => pattern.test(words));
  return known ? known[1] : 'npm ci failed: see why in the log and mend it';
}
