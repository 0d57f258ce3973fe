import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { generate } from 'selfsigned';

/** A request that the service was asked. */
export interface ServiceRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

/** What it answers; `cut` ends the connection without an answer, after the request was done. */
export type ServiceReply =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown }
  | 'cut';

export interface CommunicationServiceRig {
  readonly endpoint: string;
  /** Opens it by a key that the rig does not check: it is signed all the same. */
  readonly connectionString: string;
  /** By which it is known: whoever calls it has to trust it. */
  readonly certificate: string;
  /** Everything that it was asked, in order. */
  readonly requests: readonly ServiceRequest[];
  close(): Promise<void>;
}

/**
 * A server in the place of Azure Communication Services, over TLS as there: it answers what the test says. The answers are those of
 * https://learn.microsoft.com/rest/api/communication/email and https://learn.microsoft.com/rest/api/communication/sms/sms/send.
 */
export async function startCommunicationService(
  reply: (request: ServiceRequest, endpoint: string) => ServiceReply,
): Promise<CommunicationServiceRig> {
  const { cert, private: key } = await generate([{ name: 'commonName', value: 'localhost' }]);
  const requests: ServiceRequest[] = [];
  const server = createServer({ cert, key }, async (incoming, outgoing) => {
    const sent = await text(incoming);
    const { pathname } = new URL(incoming.url ?? '/', endpoint);
    const body: unknown = sent === '' ? undefined : JSON.parse(sent);
    const request = { method: incoming.method ?? '', path: pathname, headers: incoming.headers, body };
    requests.push(request);
    const answer = reply(request, endpoint);
    if (answer === 'cut') {
      incoming.socket.destroy();
      return;
    }
    outgoing.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
    outgoing.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const endpoint = `https://localhost:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    connectionString: `endpoint=${endpoint}/;accesskey=${Buffer.from('a key').toString('base64')}`,
    certificate: cert,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
