import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startCosmosServer } from '../../../infra/embedded/cosmos/server.ts';
import { IdentityTokens } from '../../../infra/embedded/identity/identity-tokens.ts';
import { openDatabase } from '../../../shared/persistence/cosmos/cosmos.ts';
import { identityTokens } from '../../../shared/persistence/cosmos/identity-tokens.ts';
import { StoreUnavailableError } from '../../../shared/persistence/documents/store-errors.ts';

const start = Date.parse('2026-11-22T10:00:00.000Z');
const hour = 3_600_000;

/** A credential whose tokens live for an hour, and that may fail. */
function bench() {
  const asked: unknown[] = [];
  const time = { now: start, fails: false };
  const credential = {
    async getToken(scope: string | string[]) {
      asked.push(scope);
      if (time.fails) throw new Error('no identity here');
      return { token: `token-${asked.length}`, expiresOnTimestamp: time.now + hour };
    },
  };
  const provider = identityTokens(credential, 'https://shop.documents.azure.com:443/', {
    now: () => new Date(time.now),
  });
  // The provider looks at nothing of what it is asked for.
  const token = () => provider({ verb: 'GET', path: '', resourceId: '', resourceType: 'docs', headers: {} } as never);
  return { asked, time, token };
}

describe('the tokens of an identity', () => {
  it('one token of the account serves all requests until five minutes before its end', async () => {
    const { asked, time, token } = bench();
    expect(await Promise.all([token(), token()])).toEqual([
      'type=aad&ver=1.0&sig=token-1',
      'type=aad&ver=1.0&sig=token-1',
    ]);
    time.now += hour - 5 * 60_000 - 1;
    expect(await token()).toBe('type=aad&ver=1.0&sig=token-1');
    time.now += 1;
    expect(await Promise.all([token(), token()])).toEqual([
      'type=aad&ver=1.0&sig=token-2',
      'type=aad&ver=1.0&sig=token-2',
    ]);
    expect(asked).toEqual(Array(2).fill('https://shop.documents.azure.com/.default'));
  });

  it('a token is used to its end where no new one can be had, and then the store counts as refusing access', async () => {
    const { time, token } = bench();
    await token();
    time.fails = true;
    time.now += hour - 1;
    expect(await token()).toBe('type=aad&ver=1.0&sig=token-1');
    time.now += 1;
    const refused = await token().catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(StoreUnavailableError);
    expect(refused).toMatchObject({ trouble: 'access', message: expect.stringContaining('no identity here') });
    time.fails = false;
    expect(await token()).toBe('type=aad&ver=1.0&sig=token-4');
  });
});

describe('a database reached by identity', () => {
  it('the store takes the token of an identity that it knows, and no other', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'cosmos-identity-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const server = await startCosmosServer({ file: path.join(folder, 'cosmos.db'), identitySecret: 'shared' });
    onTestFinished(() => server.close());
    const databaseAs = (tokens: IdentityTokens) => {
      const settings = { COSMOS_ENDPOINT: server.endpoint, COSMOS_KEY: undefined, COSMOS_DATABASE: 'shop' };
      const expiresOnTimestamp = Date.now() + hour;
      const getToken = async (scope: string | string[]) => ({
        token: await tokens.issue('app', String(scope), expiresOnTimestamp),
        expiresOnTimestamp,
      });
      return openDatabase(settings, identityTokens({ getToken }, server.endpoint, { now: () => new Date() }));
    };
    const database = databaseAs(new IdentityTokens('shared'));
    await database.client.databases.create({ id: 'shop' });
    const { container } = await database.containers.create({ id: 'orders', partitionKey: '/boundary' });
    await container.items.create({ id: 'one', boundary: 'a' });
    expect((await container.item('one', 'a').read()).resource).toMatchObject({ id: 'one' });
    const stranger = databaseAs(new IdentityTokens('another')).container('orders').item('one', 'a').read();
    await expect(stranger).rejects.toMatchObject({ code: 401 });
  });
});
