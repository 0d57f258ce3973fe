import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { UnableError } from './unable.mjs';

/** The first Node that runs TypeScript as it is without a flag, next to 23.6 (Node documentation, "Type stripping"). */
const runsTypeScript = [22, 18];

/** The bootstrap itself needs Node 20: older ones lack what npm and this code use. */
export function requireBootableNode(version = process.versions.node) {
  if (!atLeast(version, [20, 0])) {
    throw new UnableError(
      `Node ${version} is too old: install Node 20 or newer (https://nodejs.org), then run this again.`,
    );
  }
}

/** The Node that the lock file pins, where npm has a package of it for this platform. */
export function pinnedNode(root) {
  const windows = process.platform === 'win32';
  const path = windows
    ? join(root, 'node_modules', `node-win-${process.arch}`, 'bin', 'node.exe')
    : join(root, 'node_modules', '.bin', 'node');
  return existsSync(path) ? realpathSync(path) : undefined;
}

/** Whether a Node binary runs here at all: one built for another C library does not (Alpine). */
export function runs(node) {
  return spawnSync(node, ['--version'], { stdio: 'ignore' }).status === 0;
}

/**
 * The Node to run the project on: the pinned one, or the running one where it is new enough.
 *
 * @throws UnableError when there is neither.
 */
export function chooseNode(root, running = { path: process.execPath, version: process.versions.node }) {
  const pinned = pinnedNode(root);
  if (pinned !== undefined) return pinned;
  if (atLeast(running.version, runsTypeScript)) return running.path;
  throw new UnableError(
    `npm has no Node 24 for ${process.platform}-${process.arch}, and Node ${running.version} cannot run TypeScript: ` +
      'install Node 24 (https://nodejs.org), then run this again.',
  );
}

function atLeast(version, [major, minor]) {
  const [hasMajor, hasMinor] = version.split('.').map(Number);
  return hasMajor > major || (hasMajor === major && hasMinor >= minor);
}
