import {
  defaultPasswordCost,
  leastPasswordCost,
  PasswordCost,
} from '../../functions/identity/password/password-cost.ts';
import { hashPassword, verifyPassword } from '../../functions/identity/password/passwords.ts';
import { ApiClient, bodyOf } from '../../tests/rigs/clients/api-client.ts';
import { startStack } from '../../tests/rigs/stack/start-stack.ts';
import type { Figure, Measurement } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { closedLoop } from '../load/closed-loop.ts';
import { jsonRequest } from '../load/http-request.ts';
import { running } from '../running.ts';
import { type Typical, typical } from '../typical.ts';

const clients = 8;
const usersEach = 8;
const turnsEach = 5;
const password = 'Admin123';

/**
 * Logins, the users one after the other, against bare verifications of as many passwords at once by the same argon2, called
 * in turns; the ratio is the median over the turns. A login reads and writes the store, signs a token and tells the bus. The
 * less a password costs, the more that weighs, so it is measured at the least cost, too.
 */
export const loginFigure: Figure = {
  key: 'g',
  title: 'logins, against bare argon2',
  async measure({ windowMs }) {
    const usual = await turnsAt(defaultPasswordCost, windowMs / 2);
    const least = await turnsAt(leastPasswordCost, windowMs / 2);
    return [
      {
        what: 'logins / bare argon2',
        ...ratioOf(usual),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.8 },
      },
      ...ratesOf(usual, ''),
      { what: `logins / bare argon2, ${leastPasswordCost}`, ...ratioOf(least), unit: 'ratio' },
      ...ratesOf(least, `, ${leastPasswordCost}`),
    ];
  },
};

interface Turn {
  readonly bare: number;
  readonly logins: number;
}

async function turnsAt(cost: string, windowMs: number): Promise<readonly Turn[]> {
  const stack = await startStack({ env: { PASSWORD_COST: cost } });
  await using _ = running(() => stack.stop());
  const api = new ApiClient(stack.url);
  const users = Array.from({ length: clients * usersEach }, (_, index) => `user-${index}@example.com`);
  await Promise.all(
    users.map(async (email) => bodyOf(await api.post('/api/v1/auth/register', { email, password }), 201)),
  );
  const parsed = PasswordCost.parse(cost);
  const stored = await hashPassword(password, parsed);

  await loginsPerSecond(stack.url, users, windowMs);
  const turn = async () => ({
    bare: await verificationsPerSecond(() => verifyPassword(stored, password, parsed), windowMs),
    logins: await loginsPerSecond(stack.url, users, windowMs),
  });
  // Awaited here: the stack is stopped when this function returns, with or without its turns.
  return await inTurns(turn, { atLeast: turnsEach });
}

function ratioOf(turns: readonly Turn[]): Typical {
  return typical(turns.map(({ logins, bare }) => logins / bare));
}

function ratesOf(turns: readonly Turn[], at: string): readonly Measurement[] {
  return [
    { what: `logins${at}`, ...typical(turns.map(({ logins }) => logins)), unit: 'per second' },
    { what: `bare argon2${at}`, ...typical(turns.map(({ bare }) => bare)), unit: 'per second' },
  ];
}

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

function verificationsPerSecond(verify: () => Promise<boolean>, windowMs: number): Promise<number> {
  return perSecond(async (count) => {
    const end = performance.now() + windowMs;
    const client = async () => {
      while (performance.now() < end) {
        if (!(await verify())) throw new Error('the password is not verified');
        count();
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
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
