import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { noticeRefusalsBy } from '../../../shared/app/notice-refusals.ts';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { refusalNotice } from '../../../shared/capabilities/refusal-notice.ts';
import { noContent } from '../../../shared/http/answer.ts';
import { roles } from '../../../shared/security/principal.ts';
import { InvalidTokenError } from '../../../shared/security/token-issuer.ts';
import { Counted } from '../../rigs/kernel/counter.ts';
import { refuse } from '../../rigs/kernel/fault-script.ts';
import { service } from '../../rigs/kernel/kernel-bench.ts';
import { request } from '../../rigs/kernel/request.ts';
import { runtimeBench } from '../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../rigs/kernel/serve-endpoint.ts';
import { silentLog } from '../../rigs/kernel/silent-log.ts';

const called = { method: 'GET', answers: { 204: z.undefined() }, handle: async () => noContent() } as const;
const listAll = endpoint({ ...called, name: 'list-all', summary: 'Lists all', route: 'all', roles: ['admin'] });
const listSome = endpoint({ ...called, name: 'list-some', summary: 'Lists some', route: 'some', roles: ['sales'] });

const noticeRefusal = refusalNotice({
  name: 'notice-refusal',
  boundary: ({ actor }) => `counters:${actor}`,
  event: ({ capability, actor }) => Counted({ counter: `${actor} ${capability}`, by: 1 }),
});

/** A token here is somebody's name and their role; one that begins with `forged` is nobody's. */
async function refusalBench() {
  const bench = await runtimeBench();
  const lines: string[] = [];
  const write = (message: string) => void lines.push(message);
  const withNotice = {
    ...bench.runtime,
    log: { ...silentLog, warn: write, error: write },
    // Whatever is owed is never sent, as if the process ended with the answer.
    noticeRefusal: noticeRefusalsBy([{ name: service, refusalNotices: [noticeRefusal] }], {
      ...bench.runtime,
      openUnitOfWork: ({ boundary, ...opening }) => bench.open(boundary, opening),
    }),
    async verifyToken(token: string) {
      if (token.startsWith('forged')) throw new InvalidTokenError('of nobody', { isForged: token === 'forged' });
      const [sub = '', role] = token.split('.');
      return { sub, tenant: 'main', roles: roles.filter((one) => one === role) };
    },
  };
  return {
    ...bench,
    lines,
    async ask(token: string, one = listAll) {
      const parts = request({ method: 'GET', headers: { authorization: `Bearer ${token}` } });
      return (await serveEndpoint(one, parts, { service, runtime: withNotice })).status;
    },
    told: async (who: string) =>
      (await bench.owed(`main/counters:${who}`)).map(({ envelope: { data, sequence } }) => [data, sequence]),
  };
}

describe('a refusal of what is for admins alone', () => {
  it('a refusal is owed to the bus before it is answered, once a minute for each caller and route', async () => {
    const { ask, told, clock } = await refusalBench();
    for (let times = 0; times < 50; times += 1) expect(await ask('ann.sales')).toBe(403);
    expect(await ask('bob.hr')).toBe(403);
    expect(await told('ann')).toEqual([[{ counter: 'ann list-all', by: 1 }, 1]]);
    expect(await told('bob')).toHaveLength(1);
    clock.pass(60_000);
    await ask('ann.sales');
    expect(await told('ann')).toHaveLength(2);
  });

  it('a refusal of what others than admins may do is no news', async () => {
    const { ask, told } = await refusalBench();
    expect([await ask('ann.hr', listSome), await ask('ann.admin')]).toEqual([403, 204]);
    expect(await told('ann')).toEqual([]);
  });

  it('a caller is refused also where that cannot be stored, and the log says so', async () => {
    const { ask, faults, lines } = await refusalBench();
    faults.next('Batch', refuse(400));
    expect(await ask('ann.sales')).toBe(403);
    expect(lines).toEqual(['refusal not stored']);
  });
});

describe('a forged access token', () => {
  it('a forged token is a line of the log once a minute, and one that has merely ended is none', async () => {
    const { ask, lines } = await refusalBench();
    for (const token of ['forged', 'forged', 'forged-not']) expect(await ask(token)).toBe(401);
    expect(lines).toEqual(['forged access token refused']);
  });
});
