import { expect, it } from 'vitest';
import { z } from 'zod';
import { endpoint } from '../../../../shared/capabilities/endpoint.ts';
import { noContent } from '../../../../shared/http/answer.ts';
import { service } from '../../../rigs/kernel/kernel-bench.ts';
import { request } from '../../../rigs/kernel/request.ts';
import { runtimeBench } from '../../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../../../rigs/kernel/serve-endpoint.ts';

/** In this rig one works and one waits. */
async function heavyBench(timeoutMs = 60_000) {
  const { runtime } = await runtimeBench();
  const begun: string[] = [];
  const heavy = Promise.withResolvers<void>();
  const shape = { method: 'POST', roles: ['sales'], timeoutMs, answers: { 204: z.undefined() } } as const;
  const heavyEndpoint = (name: string) =>
    endpoint({
      ...shape,
      name,
      summary: 'Takes long',
      route: name,
      needs: ['inTurn'],
      async handle({ caller, inTurn }) {
        begun.push(caller.sub);
        await inTurn(() => heavy.promise);
        return noContent();
      },
    });
  const glance = endpoint({
    ...shape,
    name: 'glance',
    summary: 'Takes a moment',
    route: 'glance',
    async handle() {
      return noContent();
    },
  });
  const call = (one: ReturnType<typeof heavyEndpoint>) => (name: string) =>
    serveEndpoint(one, request({ headers: { authorization: `Bearer ${name}` } }), { service, runtime });
  return {
    begun,
    end: heavy.resolve,
    grind: call(heavyEndpoint('grind')),
    polish: call(heavyEndpoint('polish')),
    glance: call(glance),
  };
}

const tooBusy = { status: 429, headers: { 'retry-after': '1' }, body: expect.stringContaining('/problems/too-busy') };

it('an endpoint that does heavy work refuses whom it has no place for before it begins, while others go on', async () => {
  const { begun, end, grind, glance } = await heavyBench();
  const inside = [grind('ann'), grind('bob')];
  expect(await grind('eve')).toMatchObject(tooBusy);
  expect(await glance('eve')).toMatchObject({ status: 204 });
  end();
  expect(await Promise.all(inside)).toMatchObject([{ status: 204 }, { status: 204 }]);
  expect(begun).toEqual(['ann', 'bob']);
});

it('an endpoint that does heavy work keeps a share of the places from no other, however many call it', async () => {
  const { begun, end, grind, polish } = await heavyBench();
  const inside = [grind('ann'), grind('bob'), polish('eve')];
  expect([await polish('joe'), await grind('joe')]).toMatchObject([tooBusy, tooBusy]);
  end();
  expect(await Promise.all(inside)).toMatchObject([{ status: 204 }, { status: 204 }, { status: 204 }]);
  expect(begun).toEqual(['ann', 'bob', 'eve']);
});

it('whoever was told that they took too long no longer waits for their turn at heavy work', async () => {
  const { end, grind } = await heavyBench(1);
  const [working, waiting] = await Promise.all([grind('ann'), grind('bob')]);
  expect([working, waiting]).toMatchObject([{ status: 503 }, { status: 503 }]);
  // One works on unheard; the place of the other is free.
  expect(await grind('eve')).toMatchObject({ status: 503 });
  end();
});
