import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { CannotStartError } from '../cannot-start-error.ts';
import { fetchedFolder } from '../fetched-folder.ts';

const run = promisify(execFile);
const lockFile = path.join(import.meta.dirname, 'package-lock.json');
const account = 'lagerhaus';

/** The key by which everybody reaches the servers of this process. */
const accountKey = randomBytes(64).toString('base64');

export interface AzuriteServer {
  /** With it, a storage client reaches this server. */
  readonly connectionString: string;
  /** Ends it, after it has written what it holds. */
  close(): Promise<void>;
}

/**
 * Starts Microsoft's emulator of Azure Blob Storage in a process of its own, on the data of the last time.
 *
 * @throws CannotStartError when it cannot be fetched, or ends before it listens.
 */
export async function startAzurite(dataDir: string): Promise<AzuriteServer> {
  const folder = await fetchedFolder('azurite', lockFile, install);
  const program = path.join(folder, 'node_modules/azurite/dist/src/blob/main.js');
  const args = ['--location', dataDir, '--blobPort', '0', '--silent', '--disableTelemetry'];
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, AZURITE_ACCOUNTS: `${account}:${accountKey}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const endpoint = await endpointIn(createInterface(child.stdout));
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${account};AccountKey=${accountKey};BlobEndpoint=${endpoint}/${account}`,
    async close() {
      child.kill();
      await ended;
    },
  };
}

async function endpointIn(lines: AsyncIterable<string>): Promise<string> {
  const said: string[] = [];
  for await (const line of lines) {
    const endpoint = /successfully listens on (\S+)/.exec(line)?.[1];
    if (endpoint !== undefined) return endpoint;
    said.push(line);
  }
  throw new CannotStartError(`Azurite cannot start:\n${said.join('\n')}`);
}

async function install(folder: string): Promise<void> {
  for (const name of ['package.json', 'package-lock.json'])
    copyFileSync(path.join(import.meta.dirname, name), path.join(folder, name));
  try {
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
  } catch (error) {
    throw new CannotStartError(`npm cannot fetch Azurite: ${String(error)}`, { cause: error });
  }
}
