import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { services } from '../../functions/services.ts';
import { type Answer, type ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { type Page, type Problem, Shop } from '../rigs/clients/shop.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import {
  type ForeignRequest,
  fieldsOf,
  foreignRequest,
  hostileContinuations,
  hostileTexts,
  pathOf,
  queryText,
} from './foreign-request.ts';
import { type TenantWorld, tenantWorld } from './tenant-world.ts';

/** Every route of every service: a new one is tried as well. */
const endpoints = services.flatMap((service) => service.endpoints);
const reading = endpoints.filter(({ method }) => method === 'GET');
/** What is there for all tenants together: where the consumers stand. */
const ofAllTenants = ['read-lag'];
/** What a query cannot go without. */
const needed: Readonly<Record<string, object>> = { 'get-daily-totals': { day: new Date().toISOString().slice(0, 10) } };
const topics = [
  ...['catalog-events', 'identity-events', 'inventory-events', 'order-events', 'notification-events'],
  ...['sales-events', 'platform-events'],
];
const runsEach = 15;

let stack: TestStack;
let theirs: TenantWorld;
/** An admin of another tenant, who calls themselves what ours is called. */
let elsewhere: Shop;
let stranger: ApiClient;
beforeAll(async () => {
  stack = await startStack();
  theirs = await tenantWorld(stack);
  elsewhere = new Shop(stack);
  stranger = await elsewhere.as('admin', { sub: theirs.sub });
});
afterAll(() => stack?.stop());

const send = (api: ApiClient, { method, path, body, headers }: ForeignRequest) =>
  api.call<Problem>(method, path, body, { headers });

/** Answered with what was asked for or with a problem of ours, which is no bug. Too much at once may well be put off (503). */
function expectSound({ status, body, headers }: Answer<Problem>, what: string): void {
  if (status < 400) return;
  expect([what, status !== 500, headers.get('content-type'), body.status]).toEqual([
    what,
    true,
    'application/problem+json',
    status,
  ]);
}

/** Everything that a tenant can see of their own. */
async function everything(world: TenantWorld): Promise<Readonly<Record<string, unknown>>> {
  const api = await world.shop.as('admin', { sub: world.sub });
  const seen = reading
    .filter(({ name }) => !ofAllTenants.includes(name))
    .map(async (endpoint) => {
      const path = pathOf(endpoint, (parameter) => world.ids[parameter]);
      const { status, body } = await api.get(`${path}${queryText({ ...needed[endpoint.name] })}`);
      expect([endpoint.name, status]).toEqual([endpoint.name, 200]);
      return [endpoint.name, { status, body }] as const;
    });
  return Object.fromEntries(await Promise.all(seen));
}

/** What their lists give to go on with. */
async function continuationsOf({ shop, sub }: TenantWorld): Promise<readonly string[]> {
  const api = await shop.as('admin', { sub });
  const lists = reading.filter(({ query }) => 'continuation' in fieldsOf(query));
  const pages = lists.map((endpoint) =>
    api.get<Page<unknown>>(`${pathOf(endpoint, (name) => theirs.ids[name])}?limit=1`),
  );
  return (await Promise.all(pages)).flatMap((page) => bodyOf(page, 200).continuation ?? []);
}

it('no request of one tenant finds or changes anything of another', async () => {
  await using bus = await stack.observe(...topics);
  await bus.caughtUp();
  const eventsOfTheirs = () => bus.events().filter(({ envelope }) => envelope.tenantid === theirs.shop.tenant).length;
  const [before, eventsBefore] = [await everything(theirs), eventsOfTheirs()];
  const continuations = await continuationsOf(theirs);
  expect(continuations.length).toBeGreaterThan(2);

  const tries = endpoints.map((endpoint) =>
    fc.assert(
      fc.asyncProperty(
        foreignRequest(endpoint, theirs, { tenant: elsewhere.tenant, continuations }),
        async (request) => {
          const answer = await send(stranger, request);
          expectSound(answer, endpoint.name);
          const text = JSON.stringify(answer.body) ?? '';
          expect(theirs.secrets.filter((secret) => text.includes(secret))).toEqual([]);
        },
      ),
      { numRuns: runsEach },
    ),
  );
  await Promise.all(tries);

  await stack.settled();
  await bus.caughtUp();
  expect(await everything(theirs)).toEqual(before);
  expect(eventsOfTheirs()).toBe(eventsBefore);
});

it('a list goes on from the continuation of another tenant without an item of theirs', async () => {
  const others = await continuationsOf(theirs);
  for (const endpoint of reading.filter(({ query }) => 'continuation' in fieldsOf(query))) {
    const path = pathOf(endpoint, (name) => theirs.ids[name]);
    const first = await stranger.get<Page<unknown>>(path);
    // What belongs to something of theirs is not there at all.
    const before = first.status === 404 ? [] : bodyOf(first, 200).items;
    for (const continuation of others) {
      const { status, body } = await stranger.get<Page<unknown>>(`${path}${queryText({ continuation })}`);
      if (status === 200) expect(before).toEqual(expect.arrayContaining([...body.items]));
      else expect([422, first.status], endpoint.name).toContain(status);
    }
  }
});

it('an Idempotency-Key of one tenant means nothing in another', async () => {
  const answer = await stranger.post<Problem>('/api/v1/orders', theirs.order, { idempotencyKey: theirs.key });
  expect([answer.status, answer.body.type]).toEqual([422, '/problems/unknown-item']);
  expect(answer.headers.get('idempotency-replayed')).toBeNull();
});

it('hostile input in a path, a filter or a continuation is treated as plain text', async () => {
  const idsOf = (text: string) => (name: string) => (text === '' ? theirs.ids[name] : text);
  const tries = endpoints.flatMap((endpoint) => {
    // Other methods read the same parameters, by the same schemas.
    const texts = endpoint.method === 'GET' ? hostileTexts : hostileTexts.slice(0, 5);
    const inPath = endpoint.route.includes('{') ? texts.map((text) => pathOf(endpoint, idsOf(text))) : [];
    const inQuery = Object.keys(fieldsOf(endpoint.query)).flatMap((name) =>
      (name === 'continuation' ? hostileContinuations : hostileTexts).map(
        (text) => `${pathOf(endpoint, (parameter) => theirs.ids[parameter])}${queryText({ [name]: text })}`,
      ),
    );
    return [...inPath, ...inQuery].map((path) => ({ endpoint, path }));
  });
  for (const some of batches(tries, 20)) {
    const answers = some.map(async ({ endpoint, path }) => {
      const body = endpoint.body === undefined ? undefined : {};
      const answer = await send(stranger, { method: endpoint.method, path, body, headers: {} });
      expectSound(answer, `${endpoint.method} ${path}`);
    });
    await Promise.all(answers);
  }
});

function batches<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}
