import { once } from 'node:events';
import { createServer } from 'node:net';
import { CannotStartError, codeOf } from '../cannot-start-error.ts';
import { ownerOfPort } from './owner.ts';

/** @throws CannotStartError when nothing can listen on the port, saying who does and which port is free. 0 is always free. */
export async function requireFreePort(port: number, host = '127.0.0.1'): Promise<void> {
  const refusal = await tryPort(port, host);
  if (refusal === undefined) return;
  const elsewhere = `choose another: PORT=${await nextFree(port, host)} npm start`;
  if (refusal !== 'EADDRINUSE') throw new CannotStartError(`Port ${port} cannot be used (${refusal}): ${elsewhere}`);
  const owner = ownerOfPort(port);
  const who = owner === undefined ? '' : ` (pid ${owner.pid}, ${owner.name})`;
  throw new CannotStartError(`Port ${port} is taken${who}. Stop it, or ${elsewhere}`);
}

async function nextFree(taken: number, host: string): Promise<number> {
  const first = Math.max(taken + 1, 1024);
  for (let port = first; port < Math.min(first + 20, 65_536); port += 1) {
    if ((await tryPort(port, host)) === undefined) return port;
  }
  return 0;
}

/** The error code of listening on the port, undefined when it works. */
async function tryPort(port: number, host: string): Promise<string | undefined> {
  const server = createServer().listen(port, host);
  try {
    await once(server, 'listening');
  } catch (error) {
    return codeOf(error) ?? String(error);
  }
  server.close();
  await once(server, 'close');
  return undefined;
}
