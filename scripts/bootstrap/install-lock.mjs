import { createHash } from 'node:crypto';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const renewEvery = 1_000;
const abandonedAfter = 30_000;

/**
 * Runs `work` while no other process installs into the same folder. The lock cannot live in node_modules, which npm
 * empties; it lies in the folder for temporary files, named for `root`. Who died without letting go is told by a pid
 * that is gone, or by a lock that nobody has renewed for half a minute.
 */
export async function withInstallLock(root, work) {
  const file = lockFileOf(root);
  for (let waited = 0; !take(file); waited += 1) {
    if (waited === 0) console.error('Another start is installing the packages, waiting for it.');
    await pause(200);
  }
  const renewal = setInterval(() => utimesSync(file, new Date(), new Date()), renewEvery);
  try {
    return await work();
  } finally {
    clearInterval(renewal);
    rmSync(file, { force: true });
  }
}

export function lockFileOf(root) {
  const name = createHash('sha256').update(`${userInfo().username} ${root}`).digest('hex').slice(0, 16);
  return join(tmpdir(), `lagerhaus-install-${name}.lock`);
}

function take(file) {
  clearAbandoned(file);
  try {
    const lock = openSync(file, 'wx');
    writeSync(lock, String(process.pid));
    closeSync(lock);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function clearAbandoned(file) {
  try {
    const silentFor = Date.now() - statSync(file).mtimeMs;
    const owner = Number(readFileSync(file, 'utf8'));
    // A lock without a pid is being written at this moment, unless it stays that way.
    const abandoned = silentFor > abandonedAfter || (owner > 0 && !isAlive(owner));
    if (!abandoned) return;
    // Renaming is atomic: of several who find the lock abandoned, one clears it.
    const cleared = `${file}.${process.pid}`;
    renameSync(file, cleared);
    rmSync(cleared);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error; // ENOENT: let go meanwhile, or another cleared it
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM'; // someone else's process is a living one
  }
}
