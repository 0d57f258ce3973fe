import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fillCompileCache, useCompileCache } from './compile-cache.mjs';
import { withInstallLock } from './install-lock.mjs';
import { installedState, rememberState, wantedState } from './installed-state.mjs';
import { chooseNode, pinnedNode, runs } from './node-version.mjs';
import { npmCi } from './npm-ci.mjs';
import { UnableError } from './unable.mjs';

/**
 * Installs the packages of the lock file and patches them, unless exactly that is there already.
 *
 * @throws UnableError when npm is missing, cannot reach its registry or fails, or a patch does not fit.
 */
export async function ensureInstalled(root) {
  if (!existsSync(join(root, 'package-lock.json'))) {
    throw new UnableError(
      'package-lock.json is missing: restore it (git checkout package-lock.json), then run this again.',
    );
  }
  const isInstalled = () => installedState(root) === wantedState(root);
  if (isInstalled()) return;
  await withInstallLock(root, async () => {
    if (isInstalled()) return; // by the one who held the lock before
    await npmCi(root);
    dropUnusableNode(root);
    applyPatches(root);
    useCompileCache(root);
    fillCompileCache(root, chooseNode(root));
    rememberState(root, wantedState(root));
  });
}

/** npm puts node_modules/.bin first on the path of every script, so a Node that cannot run must not lie there. */
function dropUnusableNode(root) {
  const pinned = pinnedNode(root);
  if (pinned !== undefined && !runs(pinned)) rmSync(join(root, 'node_modules', '.bin', 'node'), { force: true });
}

/** From here and not from a postinstall script, because those are switched off in many places. */
function applyPatches(root) {
  if (!existsSync(join(root, 'patches'))) return;
  const program = join(root, 'node_modules', 'patch-package', 'index.js');
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--error-on-fail'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (status === 0) return;
  console.error(`${stdout}${stderr}`);
  throw new UnableError(
    'A file in patches/ does not fit the installed package: see above, then renew it with npx patch-package.',
  );
}
