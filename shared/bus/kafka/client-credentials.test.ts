import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { clientCredentials } from './client-credentials.ts';

it('an OAuth client follows no redirect, so that its secret and its request reach no other server', async () => {
  const asked: (string | undefined)[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    if (url === '/token') return void response.writeHead(307, { location: '/elsewhere' }).end();
    response.end(JSON.stringify({ access_token: 'token', expires_in: 60 }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  const client = { tokenUrl: `http://127.0.0.1:${port}/token`, clientId: 'lagerhaus', clientSecret: 'secret' };

  await expect(clientCredentials(client, Date.now).getToken('bus')).rejects.toThrow('fetch failed');
  expect(asked).toEqual(['/token']);
});
