import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { IdentityTokens } from '../../../infra/embedded/identity/identity-tokens.ts';

export interface TokenEndpoint extends AsyncDisposable {
  /** How a broker is told whose tokens to take. */
  readonly secret: string;
  /** How a program is told to get them. */
  readonly settings: Readonly<Record<string, string>>;
  /** How many it has given out. */
  issued(): number;
}

const client = { id: 'lagerhaus', secret: 'not so secret' };

/** An OAuth 2.0 server (RFC 6749, client credentials), whose tokens last for so many seconds. */
export async function startTokenEndpoint(
  lifeSeconds: number,
  secret = 'the secret of the token endpoint and the broker',
): Promise<TokenEndpoint> {
  const tokens = new IdentityTokens(secret);
  const expected = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`;
  let issued = 0;
  const server = createServer(async (request, response) => {
    const scope = new URLSearchParams(await text(request)).get('scope') ?? '';
    if (request.headers.authorization !== expected) return void response.writeHead(401).end();
    issued += 1;
    const access_token = await tokens.issue(client.id, scope, Date.now() + lifeSeconds * 1_000);
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ access_token, token_type: 'Bearer', expires_in: lifeSeconds }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    secret,
    settings: {
      KAFKA_SASL_MECHANISM: 'OAUTHBEARER',
      KAFKA_OAUTH_TOKEN_URL: `http://127.0.0.1:${port}/token`,
      KAFKA_OAUTH_CLIENT_ID: client.id,
      KAFKA_OAUTH_CLIENT_SECRET: client.secret,
    },
    issued: () => issued,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
