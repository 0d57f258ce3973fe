import { type FunctionsHost, startFunctionsHost } from './host.ts';
import type { HostMessage } from './host-message.ts';
import { StartupError } from './startup-error.ts';

/** How long a host whose parent has died may take to stop. */
const orphanLimitMs = 5_000;

let host: FunctionsHost | undefined;
let stopping = false;

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
process.once('disconnect', () => {
  setTimeout(() => process.exit(1), orphanLimitMs).unref();
  void stop();
});

try {
  host = await startFunctionsHost({
    appDir: process.env.APP_DIR ?? process.cwd(),
    port: portIn(process.env.PORT),
    settings: process.env,
  });
  await host.ready;
  if (!stopping) await tell({ type: 'ready', url: host.url, functions: host.functions });
} catch (error) {
  await fail(error);
}

function portIn(text = '7071'): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new StartupError(`PORT is "${text}", which is no port: give a number from 0 (a free one) to 65535.`);
  }
  return port;
}

async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  try {
    await host?.stop();
    process.exit(0);
  } catch (error) {
    process.stderr.write(`The app did not stop well: ${describe(error)}\n`);
    process.exit(1);
  }
}

async function fail(error: unknown): Promise<never> {
  const message = describe(error);
  // A parent that is told shows it; what is here besides is for the log.
  (process.send === undefined ? process.stderr : process.stdout).write(`${message}\n`);
  await tell({ type: 'failed', message });
  process.exit(1);
}

/** A StartupError says all in its message; anything else is a bug, which its stack leads to. */
function describe(error: unknown): string {
  if (error instanceof StartupError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** Resolves when the message is handed over, so that the process may end. */
function tell(message: HostMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined) resolve();
    else process.send(message, undefined, undefined, () => resolve());
  });
}
