import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireTools } from './required-tools.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tools-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A program of this name that does what the lines of shell say. */
const install = (name: string, script: string) =>
  writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

const said = async () => {
  try {
    await requireTools({ PATH: folder });
    return [];
  } catch (error) {
    return String(error instanceof Error ? error.message : error).split('\n');
  }
};

describe.skipIf(process.platform === 'win32')('the tools that npm run start:func needs', () => {
  it('a machine without func and docker is told in one line each how to get them', async () => {
    expect(await said()).toEqual([
      expect.stringMatching(/^There is no func on the PATH\. .*npm install -g azure-functions-core-tools@4/),
      expect.stringMatching(/^There is no docker on the PATH\. .*https:\/\/docs\.docker\.com/),
    ]);
  });

  it('a func of another major version and a docker that does not run are told of', async () => {
    install('func', 'echo 3.0.5');
    install('docker', '[ "$1" = compose ] && exit 0; echo "Cannot connect to the Docker daemon" >&2; exit 1');
    expect(await said()).toEqual([
      expect.stringMatching(/^func is of version 3\.0\.5\. /),
      expect.stringMatching(/^docker info fails \(Cannot connect to the Docker daemon\)\. Docker has to run/),
    ]);
  });

  it('a docker without compose is told of', async () => {
    install('func', 'echo 4.0.7512');
    install('docker', `[ "$1" = info ] && exit 0; echo "docker: 'compose' is not a docker command." >&2; exit 1`);
    expect(await said()).toEqual([expect.stringMatching(/^docker compose version fails .*Compose 2 is needed/)]);
  });

  it('nothing is said where func and docker are there and run', async () => {
    install('func', 'echo 4.0.7512');
    install('docker', 'exit 0');
    expect(await said()).toEqual([]);
  });
});
