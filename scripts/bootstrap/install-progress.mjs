import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Shows how many of the lock file's packages are there: in place on a terminal, else a line every few seconds. */
export function installProgress(root, out = process.stderr) {
  const total = packagesIn(root);
  const show = () => {
    const line = `Installing packages: ${Math.min(packagesOn(root), total)} of ${total}`;
    out.write(out.isTTY ? `\r${line}` : `${line}\n`);
  };
  show();
  const timer = setInterval(show, out.isTTY ? 500 : 5_000);
  return {
    end() {
      clearInterval(timer);
      if (out.isTTY) out.write('\n');
    },
  };
}

/** Packages for other platforms are in the lock file and are not installed. */
function packagesIn(root) {
  const { packages = {} } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const fits = (list, value) => list === undefined || [list].flat().includes(value);
  return Object.entries(packages).filter(
    ([path, { os, cpu }]) => path !== '' && fits(os, process.platform) && fits(cpu, process.arch),
  ).length;
}

function packagesOn(root) {
  const folder = join(root, 'node_modules');
  if (!existsSync(folder)) return 0;
  return readdirSync(folder)
    .filter((name) => !name.startsWith('.'))
    .reduce((count, name) => count + (name.startsWith('@') ? readdirSync(join(folder, name)).length : 1), 0);
}
