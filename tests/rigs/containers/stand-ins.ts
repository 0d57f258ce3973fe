import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const host = path.join(import.meta.dirname, 'func-stand-in.ts');

/**
 * Programs called `docker` and `func`, which a test machine does not have: one that says yes to everything, and one that runs the
 * app on the embedded host with `SETTINGS_FILE`, a local.settings.json. What each was asked is a line of `calls` in the folder,
 * and what the app says is in `functions.log`.
 *
 * @returns the folder, to be the first on a PATH.
 */
export function installStandIns(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const install = (name: string, does: string) => {
    const script = `#!/bin/sh\necho "${name} $*" >> '${path.join(folder, 'calls')}'\n${does}\n`;
    writeFileSync(path.join(folder, name), script, { mode: 0o755 });
  };
  install('docker', 'exit 0');
  const log = path.join(folder, 'functions.log');
  install('func', `[ "$1" = --version ] && echo 4.0.0 || exec '${process.execPath}' '${host}' >> '${log}' 2>&1`);
  return folder;
}
