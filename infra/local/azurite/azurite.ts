import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { CannotStartError } from '../cannot-start-error.ts';
import { fetchedPackages } from '../fetched-packages.ts';

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
  const folder = await fetchedPackages('azurite', import.meta.dirname);
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
