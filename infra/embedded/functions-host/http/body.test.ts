import { createServer } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it, onTestFinished } from 'vitest';
import { readBody } from './body.ts';
import { RequestRefusedError } from './request.ts';

/** A server that answers with how many bytes it has read, or with the status by which it refused to. */
async function startReader(): Promise<number> {
  const pace = { tickMs: 5, bytesPerTick: 4, graceTicks: 5 };
  const server = createServer(async (request, response) => {
    try {
      response.end(`read ${(await readBody(request, 1_000, pace))?.length}`);
    } catch (error) {
      if (!(error instanceof RequestRefusedError)) throw error;
      response.writeHead(error.status, { connection: 'close' }).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** What is answered to this head and the beginning of a body, of which nothing more comes. */
async function answerTo(port: number, length: number, beginning: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n${beginning}`);
  return text(socket);
}

it('a body that comes whole is read', async () => {
  expect(await answerTo(await startReader(), 3, 'abc')).toMatch(/read 3$/);
});

it('a body that does not go on is refused with 408, and its connection ends', async () => {
  expect(await answerTo(await startReader(), 100, 'abc')).toMatch(/^HTTP\/1\.1 408 /);
});

it('a body that is said to be too large is refused with 413 before any of it comes', async () => {
  expect(await answerTo(await startReader(), 1_001, '')).toMatch(/^HTTP\/1\.1 413 /);
});
