import { expect, it } from 'vitest';
import { z } from 'zod';
import { services } from '../../functions/services.ts';
import { asyncApi } from '../../scripts/docs/asyncapi.ts';
import { configuration } from '../../scripts/docs/configuration.ts';
import { problemsPage } from '../../scripts/docs/problems.ts';
import { consumersOf } from '../../shared/app/consumers-of.ts';
import { defineService } from '../../shared/capabilities/define-service.ts';
import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { ok } from '../../shared/http/answer.ts';
import { reject } from '../../shared/model/rejection.ts';
import { openApi } from '../../shared/serving/openapi/open-api.ts';
import { serviceSettings } from '../../shared/settings/service-settings.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { Counted, Counter, counting } from '../rigs/kernel/counter.ts';
import { service as container } from '../rigs/kernel/kernel-bench.ts';
import { request } from '../rigs/kernel/request.ts';
import { runtimeBench } from '../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../rigs/kernel/serve-endpoint.ts';

const abacusSettings = serviceSettings({
  ABACUS_BEADS: z.coerce.number().int().min(1).default(10).describe('How far an abacus counts'),
});

const countOn = endpoint({
  name: 'count-on-abacus',
  summary: 'Counts on an abacus, as far as its beads go',
  method: 'POST',
  route: 'abacuses/{id}/count',
  roles: ['sales'],
  params: z.object({ id: z.string() }),
  body: z.strictObject({ by: z.int() }),
  answers: { 200: z.strictObject({ count: z.int() }) },
  problems: ['out-of-beads'],
  async handle({ params: { id }, body: { by }, settings, unitOfWork }) {
    const abacus = await unitOfWork(`counters:${id}`).load(Counter, id);
    const { ABACUS_BEADS: beads } = abacusSettings.of(settings);
    if ((abacus.current?.count ?? 0) + by > beads) throw reject('out-of-beads', `it has ${beads} beads`);
    abacus.record(Counted({ counter: id, by }));
    return ok({ count: abacus.state.count });
  },
});

/** A service that nobody has heard of before: all that there is of it stands in this file. */
const abacuses = defineService({
  name: 'abacuses',
  summary: 'Counts things for those who have many.',
  container,
  problems: { 'out-of-beads': { status: 409, meaning: 'the abacus is too small', remedy: 'count less' } },
  settings: abacusSettings,
  examples: [
    {
      event: Counted({ counter: 'a', by: 3 }),
      promise: { topic: 'platform-events', subject: 'counter/a', key: 'a' },
    },
  ],
  capabilities: [countOn, counting()],
});
const all = [...services, abacuses];

const environment = {
  KAFKA_BROKERS: 'one:9092',
  KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT',
  COSMOS_ENDPOINT: 'https://account.documents.azure.com',
  COSMOS_KEY: 'a2V5',
  SIGNING_KEYS_FILE: '/keys.json',
  RATE_LIMIT: '0',
};

it('a new service appears in every generated document once it is in the list of services', () => {
  expect(problemsPage(all)).toContain(
    '## Abacuses\n\n| code | status | what it means | what to do |\n|---|---|---|---|\n| `out-of-beads` | 409 |',
  );
  expect(configuration(all)).toMatch(/## Abacuses\n[^#]*\| `ABACUS_BEADS` \| `10` \|/);
  expect(openApi(all)).toMatchObject({
    tags: expect.arrayContaining([{ name: 'abacuses', description: 'Counts things for those who have many.' }]),
    paths: { '/api/v1/abacuses/{id}/count': { post: { responses: { 409: expect.anything() } } } },
    components: { examples: { 'out-of-beads': { value: { status: 409, detail: 'the abacus is too small' } } } },
  });
  expect(asyncApi(all, [Counted])).toMatchObject({
    operations: { 'abacuses-on-platform-events': { action: 'receive', summary: 'count-up' } },
    components: { schemas: { 'test.counted.1': { examples: [{ counter: 'a', by: 3 }] } } },
  });
});

it('the settings, endpoints and consumers of a new service work once it is in the list of services', async () => {
  const bench = await runtimeBench();
  const settings = readSettings(all, { ...environment, ABACUS_BEADS: '4' });
  const stage = { service: container, runtime: { ...bench.runtime, settings } };
  const count = (by: number) => serveEndpoint(countOn, request({ params: { id: 'a' }, body: { by } }), stage);
  expect(await count(3)).toMatchObject({ status: 200, body: '{"count":3}' });
  const refused = await count(2);
  expect([refused.status, JSON.parse(refused.body ?? '')]).toEqual([
    409,
    expect.objectContaining({ type: '/problems/out-of-beads', detail: 'it has 4 beads' }),
  ]);
  expect(consumersOf(abacuses, settings)).toMatchObject([{ name: 'abacuses-on-platform-events', service: 'abacuses' }]);
});
