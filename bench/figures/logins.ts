import { hashPassword, verifyPassword } from '../../shared/security/passwords.ts';
import { ApiClient, bodyOf } from '../../tests/stack/api-client.ts';
import { startStack } from '../../tests/stack/start-stack.ts';
import type { Figure } from '../figure.ts';
import { closedLoop } from '../load/closed-loop.ts';
import { jsonRequest } from '../load/http-request.ts';
import { median } from '../median.ts';
import { running } from '../running.ts';

const clients = 8;
const usersEach = 8;
const turnsEach = 3;
const password = 'Admin123';

/**
 * Logins, each client as a user of its own, against bare verifications of as many passwords at once by the same argon2, called
 * in turns; the ratio is the median over the turns. A login reads and writes the store, signs a token and tells the bus.
 */
export const loginFigure: Figure = {
  key: 'g',
  title: 'logins, against bare argon2',
  async measure({ windowMs }) {
    const stack = await startStack();
    await using _ = running(() => stack.stop());
    const api = new ApiClient(stack.url);
    const users = Array.from({ length: clients * usersEach }, (_, index) => `user-${index}@example.com`);
    for (const email of users) bodyOf(await api.post('/api/v1/auth/register', { email, password }), 201);
    const stored = await hashPassword(password);

    await loginsPerSecond(stack.url, users, windowMs / 2);
    const turns: { readonly bare: number; readonly logins: number }[] = [];
    for (let turn = 0; turn < turnsEach; turn += 1) {
      const bare = await verificationsPerSecond(stored, windowMs / 2);
      turns.push({ bare, logins: await loginsPerSecond(stack.url, users, windowMs / 2) });
    }
    return [
      {
        what: 'logins / bare argon2',
        value: median(turns.map(({ logins, bare }) => logins / bare)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.8 },
      },
      { what: 'logins', value: median(turns.map(({ logins }) => logins)), unit: 'per second' },
      { what: 'bare argon2', value: median(turns.map(({ bare }) => bare)), unit: 'per second' },
    ];
  },
};

async function loginsPerSecond(url: string, users: readonly string[], windowMs: number): Promise<number> {
  const route = new URL('/api/v1/auth/login', url);
  const requests = users.map((username) => jsonRequest('POST', route, '', { username, password }));
  const free = [...requests];
  return perSecond(async (count) => {
    await closedLoop({
      url,
      clients,
      windowMs,
      async act(connection) {
        const request = free.shift();
        if (request === undefined) throw new Error('there are more clients than users');
        const answer = await connection.send(request);
        free.push(request);
        if (answer.status !== 200) throw new Error(`a login was answered ${answer.status}: ${answer.body}`);
        count();
      },
    });
  });
}

function verificationsPerSecond(stored: string, windowMs: number): Promise<number> {
  return perSecond(async (count) => {
    const end = performance.now() + windowMs;
    const verify = async () => {
      while (performance.now() < end) {
        if (!(await verifyPassword(stored, password))) throw new Error('the password is not verified');
        count();
      }
    };
    await Promise.all(Array.from({ length: clients }, verify));
  });
}

async function perSecond(work: (count: () => void) => Promise<void>): Promise<number> {
  const start = performance.now();
  let done = 0;
  await work(() => {
    done += 1;
  });
  return done / ((performance.now() - start) / 1_000);
}
