import path from 'node:path';
import { forkHost, hostReady } from '../../infra/local/functions-process/fork-host.ts';
import { issueToken } from '../../shared/security/issue-token.ts';
import { readSigningKeys } from '../../shared/security/signing-keys.ts';
import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { settingsWithoutServers, temporaryFolder } from '../kernel-settings.ts';
import { answersPerSecond } from '../load/answers-per-second.ts';
import { jsonRequest } from '../load/http-request.ts';
import { median } from '../median.ts';
import { running } from '../running.ts';

const appDir = path.resolve(import.meta.dirname, '../apps/endpoint');
const clients = 16;
const turnsEach = 6;
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
 * same Functions host, called in turns; the ratio is the median over the turns. The token is the same each time: a
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
    const perSecond = (route: string, forMs: number) => {
      const target = new URL(route, url);
      return answersPerSecond({
        url: target,
        request: jsonRequest('POST', target, token, body),
        clients,
        windowMs: forMs,
      });
    };

    await perSecond('/bare', windowMs / 2);
    await perSecond('/checked', windowMs / 2);
    const turn = async () => ({
      bare: await perSecond('/bare', windowMs / turnsEach),
      checked: await perSecond('/checked', windowMs / turnsEach),
    });
    const turns = await inTurns(turn, { atLeast: turnsEach });
    return [
      {
        what: 'endpoint / bare function',
        value: median(turns.map(({ checked, bare }) => checked / bare)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.7 },
      },
      { what: 'endpoint', value: median(turns.map(({ checked }) => checked)), unit: 'per second' },
      { what: 'bare function', value: median(turns.map(({ bare }) => bare)), unit: 'per second' },
    ];
  },
};
