import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { noImportCircles } from './house-rules/circles.ts';
import { contextIsHandedIn } from './house-rules/context.ts';
import { servicesEraseByWord } from './house-rules/erasing.ts';
import { errorsAreCalledError, namesAreExportedOnce } from './house-rules/exports.ts';
import { importsGoDown } from './house-rules/floors.ts';
import {
  aggregatesArePure,
  embeddedServersStandAlone,
  eventsLeaveThroughTheOutbox,
  packagesHaveOwners,
  productKnowsNoStack,
  rulesKnowNoHttp,
  servicesStayApart,
  sharedKnowsNoService,
} from './house-rules/imports.ts';
import { kernelTestsMirrorShared } from './house-rules/mirror.ts';
import { namesAreKebabCase, namesSaySomething } from './house-rules/names.ts';
import { returnedPromisesAreAwaited } from './house-rules/returned-promises.ts';
import { sharedNamesNoService } from './house-rules/services-in-shared.ts';
import { mostFilesAreSmall, noCommandIsTooLong, noFileIsTooLong, noFolderIsTooLarge } from './house-rules/sizes.ts';
import { type HouseRule, type Offence, type SourceFile, sourceFiles } from './house-rules/source-file.ts';
import { titlesStandAlone } from './house-rules/titles.ts';

const root = path.resolve(import.meta.dirname, '..');
const trees = ['functions', 'shared', 'infra', 'scripts', 'tests', 'bench'].filter((tree) =>
  existsSync(path.join(root, tree)),
);
const files = sourceFiles(root, trees);

interface Case {
  readonly promise: string;
  readonly rule: HouseRule;
  /** Made-up files that break the rule, each of them. */
  readonly offenders: readonly SourceFile[];
  /** And some like them that do not. */
  readonly innocents: readonly SourceFile[];
}

const file = (path: string, text = ''): SourceFile => ({ path, text });
const lines = (path: string, count: number) => file(path, 'x\n'.repeat(count));

const cases: readonly Case[] = [
  {
    promise: 'no service imports another',
    rule: servicesStayApart,
    offenders: [
      file('functions/orders/a.ts', `import { x } from '../inventory/stock.ts';`),
      file('functions/orders/b.ts', `export * from '../inventory/stock.ts';`),
      file('functions/orders/c.ts', `const x = await import('../inventory/stock.ts');`),
      file('functions/orders/deep/d.ts', `import {\n  x,\n} from '../../inventory/stock.ts';`),
    ],
    innocents: [
      file('functions/orders/e.ts', `import { x } from './order.ts';`),
      file('functions/app.ts', `import { x } from './inventory/service.ts';`),
    ],
  },
  {
    promise: 'shared imports no service, no stack and no test',
    rule: sharedKnowsNoService,
    offenders: [
      file('shared/a.ts', `import { x } from '../functions/app.ts';`),
      file('shared/http/b.test.ts', `import { x } from '../../infra/embedded/kafka/server.ts';`),
      file('shared/c.ts', `import '../tests/rigs/stack/eventually.ts';`),
    ],
    innocents: [file('shared/d.ts', `import { x } from './functions.ts';`)],
  },
  {
    promise: 'shared names no service, and nothing of one but events in their contracts',
    rule: sharedNamesNoService,
    offenders: [
      file('shared/a.ts', `const isOrders = name === 'orders';`),
      file('shared/http/b.ts', `const hint = 'see /api/v1/auth/login';`),
      file('shared/c.ts', `const known = { 'insufficient-stock': 409 };`),
      file('shared/settings/d.ts', `const timeout = settings['ORDER_TIMEOUT'];`),
      file('shared/e.ts', `if (type === 'order.created') confirm();`),
      file('shared/j.ts', `const page = 'https://example.com/account';`),
    ],
    innocents: [
      file('shared/k.ts', `import { account } from './account.ts';\nconst hint = 'take another account';`),
      file('shared/events/contracts/f.ts', `const former = { 'order.placed': 'order.created' };`),
      file('shared/g.ts', `/** @example defineService({ name: 'orders' }) */\nconst roles = ['sales'];`),
      file('shared/h.test.ts', `serve('orders');`),
      file('functions/orders/i.ts', `defineService({ name: 'orders' });`),
    ],
  },
  {
    promise: 'the product imports neither stack nor test rigs',
    rule: productKnowsNoStack,
    offenders: [
      file('functions/orders/a.ts', `import { x } from '../../infra/local/stack.ts';`),
      file('functions/orders/c.ts', `import { given } from '../../tests/rigs/model/decider.ts';`),
      file('functions/orders/d.test.ts', `import { x } from '../../tests/rigs/stack/start-stack.ts';`),
    ],
    innocents: [
      file('tests/rigs/stack/b.ts', `import { x } from '../../infra/local/stack.ts';`),
      file('functions/orders/e.test.ts', `import { given } from '../../tests/rigs/model/decider.ts';`),
    ],
  },
  {
    promise: 'the embedded servers import nothing of the product',
    rule: embeddedServersStandAlone,
    offenders: [
      file('infra/embedded/kafka/a.ts', `import { newId } from '../../../shared/ids.ts';`),
      file('infra/embedded/cosmos/b.ts', `import type { X } from '../../local/stack.ts';`),
    ],
    innocents: [
      file('infra/embedded/kafka/c.ts', `import { x } from '../faults/gate.ts';`),
      file('infra/embedded/kafka/d.test.ts', `import { x } from '../../../shared/ids.ts';`),
      file('infra/local/e.ts', `import { x } from '../../shared/ids.ts';`),
    ],
  },
  {
    promise: 'Cosmos, Kafka, Event Hubs and Functions are imported only where they belong',
    rule: packagesHaveOwners,
    offenders: [
      file('functions/orders/a.ts', `import { CosmosClient } from '@azure/cosmos';`),
      file('shared/serving/b.ts', `import { Kafka } from 'kafkajs';`),
      file('shared/persistence/c.ts', `import { EventHubProducerClient } from '@azure/event-hubs';`),
      file('functions/orders/d.ts', `import { app } from '@azure/functions';`),
      file('shared/bus/g.ts', `import rhea from 'rhea';`),
    ],
    innocents: [
      file('shared/persistence/e.ts', `import { CosmosClient } from '@azure/cosmos';`),
      file('functions/app.ts', `import { app } from '@azure/functions';`),
      file('infra/local/f.ts', `import { Kafka } from 'kafkajs';`),
    ],
  },
  {
    promise: 'events leave through the outbox only',
    rule: eventsLeaveThroughTheOutbox,
    offenders: [
      file('functions/orders/a.ts', `import { x } from '../../shared/kafka-service/kafka-service.ts';`),
      file('functions/orders/c.ts', `import { x } from '../../shared/kafka-service/message-for.ts';`),
    ],
    innocents: [file('functions/orders/b.ts', `import { x } from '../../shared/bus/transport.ts';`)],
  },
  {
    promise: 'aggregates are pure',
    rule: aggregatesArePure,
    offenders: [
      file(
        'functions/orders/order.ts',
        `import { defineAggregate } from '../../shared/model/aggregate.ts';\nimport { x } from 'node:fs';`,
      ),
      file(
        'functions/orders/price-list/price.ts',
        `import { clock } from '../../shared/clock.ts';\nexport const P = defineAggregate({});`,
      ),
      file('functions/orders/e.ts', `import { x } from './order/place-order.ts';\ndefineAggregate({});`),
    ],
    innocents: [
      file(
        'functions/orders/c.ts',
        `import { z } from 'zod';\nimport { x } from '../../shared/money.ts';\ndefineAggregate({});`,
      ),
      file('functions/orders/d.ts', `import { x } from './c.ts';\ndefineAggregate({});`),
      file('functions/orders/f.ts', `import { x } from './sums.ts';\ndefineAggregate({});`),
      file('functions/orders/sums.ts', `import { x } from '../../shared/money.ts';`),
      file('functions/orders/order/place-order.ts', `import { x } from '../../shared/clock.ts';`),
    ],
  },
  {
    promise: 'business rules import nothing of HTTP',
    rule: rulesKnowNoHttp,
    offenders: [
      file('functions/orders/order/a.ts', `import { Problem } from '../../../shared/http/problems/problem.ts';`),
      file('functions/orders/b.ts', `import type { Answer } from '../../shared/http/answer.ts';`),
    ],
    innocents: [
      file('functions/orders/c.ts', `import { reject } from '../../shared/model/rejection.ts';`),
      file(
        'functions/orders/d.ts',
        `import { endpoint } from '../../shared/capabilities/endpoint.ts';\nimport { ok } from '../../shared/http/answer.ts';`,
      ),
      file('functions/orders/problems.ts', `import type { X } from '../../shared/http/problems/problem-table.ts';`),
      file('functions/orders/e.test.ts', `import { Problem } from '../../shared/http/problems/problem.ts';`),
    ],
  },
  {
    promise: 'no files import each other in a circle',
    rule: noImportCircles,
    offenders: [
      file('shared/bus/a.ts', `import { b } from './b.ts';`),
      file('shared/bus/b.ts', `import type { C } from './c.ts';`),
      file('shared/bus/c.ts', `export * from './a.ts';`),
      file('shared/bus/itself.ts', `import { x } from './itself.ts';`),
    ],
    innocents: [
      file('shared/bus/d.ts', `import { a } from './a.ts';\nimport { e } from './e.ts';`),
      file('shared/bus/e.ts', `import { f } from './f.ts';`),
      file('shared/bus/f.ts'),
    ],
  },
  {
    promise: 'imports in shared go down the floors, or sideways in one direction',
    rule: importsGoDown,
    offenders: [
      file('shared/attic/a.ts'),
      file('shared/persistence/b.ts', `import type { X } from '../capabilities/endpoint.ts';`),
      file('shared/clock.ts', `import { x } from './async/retry.ts';`),
      file('shared/sweep/c.ts', `import { x } from '../health/health.ts';`),
      file('shared/health/d.ts', `import { x } from '../sweep/sweep.ts';`),
    ],
    innocents: [
      file('shared/sweep/e.ts', `import { x } from '../bus/bus.ts';`),
      file('shared/sweep/f.ts', `import { x } from '../replays/replay-run.ts';\nimport { later } from '../clock.ts';`),
      file('shared/model/g.test.ts', `import { x } from '../app/register.ts';`),
    ],
  },
  {
    promise: 'shared exports no name twice',
    rule: namesAreExportedOnce,
    offenders: [
      file('shared/a.ts', 'export interface Delivery {}'),
      file('shared/http/b.ts', 'export async function Delivery() {}'),
    ],
    innocents: [
      file('shared/c.ts', 'export const Topic = z.enum([]);\nexport type Topic = z.infer<typeof Topic>;'),
      file('shared/d.ts', 'interface Delivery {}'),
      file('functions/orders/e.ts', 'export const Topic = 1;'),
    ],
  },
  {
    promise: 'names of error classes end in Error',
    rule: errorsAreCalledError,
    offenders: [
      file('shared/a.ts', 'export class GivenUp extends Error {}'),
      file('functions/orders/b.ts', 'class Lost extends StoreUnavailableError {}'),
    ],
    innocents: [file('shared/c.ts', 'class StaleStateError extends Error {}\nclass Rejection extends Error {}')],
  },
  {
    promise: 'settings, time and ids are passed in as arguments',
    rule: contextIsHandedIn,
    offenders: [
      file('shared/a.ts', 'const x = process.env.X;'),
      file('functions/orders/b.ts', 'const now = Date.now();'),
      file('functions/orders/c.ts', 'const now = new Date();'),
      file('functions/orders/d.ts', `import { randomUUID } from 'node:crypto';`),
      file('shared/e.ts', `import { v7 } from 'uuid';`),
    ],
    innocents: [
      file('shared/settings/settings.ts', 'const x = process.env.X;'),
      file('functions/orders/f.ts', '// process.env is read elsewhere\nconst day = new Date(text);'),
      file('functions/orders/g.test.ts', 'const now = new Date();'),
      file('infra/local/h.ts', 'const now = Date.now();'),
    ],
  },
  {
    promise: 'services empty no boundary themselves',
    rule: servicesEraseByWord,
    offenders: [file('functions/orders/a.ts', 'await work.erase({ except: [Order] });')],
    innocents: [
      file('functions/orders/b.ts', `import { erasure } from '../../shared/capabilities/erasure.ts';`),
      file('shared/capabilities/erasure.ts', 'await work.erase({ except });'),
    ],
  },
  {
    promise: 'nothing is returned unawaited from what ends before it',
    rule: returnedPromisesAreAwaited,
    offenders: [
      file('bench/a.ts', 'async function a() {\n  await using x = open();\n  return work(x);\n}'),
      file('bench/b.ts', 'const b = async () => {\n  using x = open();\n  if (x) return new Promise(run);\n};'),
      file('shared/c.ts', 'class C {\n  async c() {\n    try { return this.#x.work(); } finally { close(); }\n  }\n}'),
      file('shared/d.ts', 'function d(): Promise<X> {\n  try { return work(); } catch (error) { tell(error); }\n}'),
      file('shared/e.ts', 'async function e() {\n  try { await a(); } catch { return b(); } finally { close(); }\n}'),
      file('tests/f.ts', `it('works', () => {\n  using x = open();\n  return x === 1 ? a : (b() as Promise<X>);\n});`),
      file(
        'tests/g.ts',
        'async function g() {\n  await using x = open();\n  const work = x.work();\n  return work;\n}',
      ),
      file('tests/h.ts', 'async function h() {\n  for await (using x of all) {\n    return x.work();\n  }\n}'),
    ],
    innocents: [
      file('bench/i.ts', 'async function i() {\n  await using x = open();\n  return await work(x);\n}'),
      file('bench/j.ts', 'async function j() {\n  {\n    using x = open();\n  }\n  return work();\n}'),
      file('shared/k.ts', 'async function k() {\n  using x = open();\n  return { all, some: [...all.values()] };\n}'),
      file('shared/l.ts', 'async function l() {\n  try { await a(); } catch { return b(); }\n  return c();\n}'),
      file('shared/m.ts', 'function m(): number {\n  try { return work(); } finally { close(); }\n}'),
      file(
        'shared/n.ts',
        'async function n() {\n  using x = open();\n  const run = async () => work(x);\n  return await run();\n}',
      ),
      file(
        'shared/o.ts',
        'async function o() {\n  using x = open();\n  const all = await x.all();\n  return all.map(told);\n}',
      ),
      file('shared/p.ts', 'async function p() {\n  using x = open();\n  on(() => { return work(); });\n}'),
    ],
  },
  {
    promise: 'no file is longer than 400 lines',
    rule: noFileIsTooLong,
    offenders: [lines('shared/a.ts', 401)],
    innocents: [lines('shared/b.ts', 400)],
  },
  {
    promise: 'no command has more than 25 lines',
    rule: noCommandIsTooLong,
    offenders: [file('functions/orders/a.ts', `export const a = command({\n${'  x,\n'.repeat(24)}});\n`)],
    innocents: [
      file('functions/orders/b.ts', `export const b = command({\n${'  x,\n'.repeat(23)}});\n${'x\n'.repeat(9)}`),
      file('functions/orders/c.ts', `export const c = endpoint({\n${'  x,\n'.repeat(24)}});\n`),
    ],
  },
  {
    promise: 'no folder holds more than 20 source files',
    rule: noFolderIsTooLarge,
    offenders: [file('shared/full')],
    innocents: [
      ...Array.from({ length: 20 }, (_, index) => file(`shared/some/a${index}.ts`)),
      ...Array.from({ length: 21 }, (_, index) => file(`shared/some/deep/a${index}.test.ts`)),
      ...Array.from({ length: 21 }, (_, index) => file(`shared/full/a${index}.ts`)),
    ],
  },
  {
    promise: 'no file or folder is called utils, helpers, common or manager',
    rule: namesSaySomething,
    offenders: ['shared/utils.ts', 'shared/http/helpers.ts', 'functions/common/x.ts', 'shared/order-manager.ts'].map(
      (p) => file(p),
    ),
    innocents: [file('shared/commonplace.ts'), file('shared/http/paging.ts')],
  },
  {
    promise: 'files are in kebab case',
    rule: namesAreKebabCase,
    offenders: [file('shared/placeOrder.ts'), file('functions/Orders/x.ts'), file('shared/place_order.ts')],
    innocents: [file('shared/place-order.ts'), file('functions/orders/order/order.test.ts')],
  },
  {
    promise: 'tests/shared mirrors the folders of shared',
    rule: kernelTestsMirrorShared,
    offenders: [file('tests/shared/messaging/a.test.ts'), file('tests/shared/bus/amqp/b.test.ts')],
    innocents: [
      file('shared/bus/kafka/c.ts'),
      file('tests/shared/bus/d.test.ts'),
      file('tests/shared/bus/kafka/e.test.ts'),
    ],
  },
  {
    promise: 'titles of tests stand alone',
    rule: titlesStandAlone,
    offenders: [
      file('functions/orders/a.test.ts', `it('should cancel an order', () => {});`),
      file('tests/b.slow.ts', `describe('an order', () => {\n  it('is cancelled only once', () => {});\n});`),
      file('shared/c.test.ts', `it.each([1, 2])('works with %i', () => {});`),
      file('shared/d.test.ts', `it('it works', () => {});`),
      file('shared/e.test.ts', `describe.skipIf(x)('when the bus is away', () => {});`),
    ],
    innocents: [
      file('functions/orders/f.test.ts', `it('an order is cancelled only once', () => {});`),
      file('shared/g.test.ts', `describe('an order', () => {\n  it.each([['an order is kept']])('%s', () => {});\n});`),
      file('shared/h.test.ts', `expect(it.each).toThrow('should');`),
      file('shared/i.ts', `it('works', () => {});`),
    ],
  },
];

describe('the rules of the house', () => {
  it.each([...cases, { promise: 'most files are small', rule: mostFilesAreSmall }])('$promise', ({ rule }) => {
    expect(told(rule(files))).toBe('');
  });
});

describe('the checks of the house rules', () => {
  it.each(cases)('the check "$promise" reports every offender and no innocent file', ({
    rule,
    offenders,
    innocents,
  }) => {
    expect(rule([...offenders, ...innocents]).map(({ path }) => path)).toEqual(offenders.map(({ path }) => path));
  });

  it('the check "most files are small" judges each tree by itself', () => {
    const short = lines('shared/a.ts', 10);
    const long = lines('functions/b.ts', 300);
    expect(mostFilesAreSmall([short, long]).map(({ path }) => path)).toEqual(['functions', 'functions']);
    expect(mostFilesAreSmall([short, { ...long, path: 'shared/b.test.ts' }]).map(({ path }) => path)).toEqual([
      'shared',
    ]);
    expect(mostFilesAreSmall([short])).toEqual([]);
  });
});

/** One line for each offence: where, what, and what to do. */
function told(offences: readonly Offence[]): string {
  return offences.map(({ path, rule, remedy }) => `${path}: ${rule}. To do: ${remedy}.`).join('\n');
}
