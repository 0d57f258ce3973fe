import path from 'node:path';
import { forkHost, hostReady } from '../../infra/local/functions-process/fork-host.ts';
import { issueToken } from '../../shared/security/issue-token.ts';
import { readSigningKeys } from '../../shared/security/signing-keys.ts';
import type { Figure } from '../figure.ts';
import { settingsWithoutServers, temporaryFolder } from '../kernel-settings.ts';
import { besideBare } from '../load/beside-bare.ts';
import { jsonRequest } from '../load/http-request.ts';
import { running } from '../running.ts';

const appDir = path.resolve(import.meta.dirname, '../apps/endpoint');
const body = {
  customerId: 'CUST-BENCH',
  items: [
    { itemId: 'ITEM-001', quantity: 2 },
    { itemId: 'ITEM-002', quantity: 5 },
  ],
};

/**
 * An endpoint with all that one does save storing (token, strict validation of body and answer, problem handling, trace)
 * against a bare function of `@azure/functions` that parses the same JSON and answers the same, in the same app on the
 * same Functions host, side by side; the ratio is the median over the pairs. The token is the same each time: a
 * verified one is remembered until it expires.
 */
export const endpointFigure: Figure = {
  key: 'b',
  title: 'an endpoint that stores nothing, against a bare HTTP function',
  async measure({ windowMs }) {
    using temporary = temporaryFolder();
    const { folder } = temporary;
    const settings = await settingsWithoutServers(folder);
    const environment = { ...process.env, ...settings, PORT: '0' };
    const child = forkHost({
      appDir,
      environment,
      logFile: path.join(folder, 'functions.log'),
      showError: (text) => process.stderr.write(text),
    });
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await using _ = running(async () => {
      child.kill('SIGTERM');
      await ended;
    });
    const { url } = await hostReady(child);
    const token = await issueToken({
      keys: readSigningKeys(settings.SIGNING_KEYS_FILE),
      issuer: 'lagerhaus',
      audience: 'lagerhaus',
      sub: 'bench',
      tenant: 'main',
      roles: ['sales'],
      expiresIn: '1h',
    });
    const post = (route: string) => jsonRequest('POST', new URL(route, url), token, body);
    return await besideBare({
      url,
      name: 'endpoint',
      ours: post('/checked'),
      bare: post('/bare'),
      target: { bound: 'at least', value: 0.7 },
      windowMs,
    });
  },
};
