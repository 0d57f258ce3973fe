import { beforeEach, describe, expect, it } from 'vitest';
import { FaultRules } from './fault-rules.ts';
import type { RequestSeen } from './gate.ts';
import { FaultRule, type FaultRuleInput } from './rule.ts';

const produce: RequestSeen = { server: 'kafka', operation: 'Produce', targets: ['order-events'], client: 'app-1' };
const bulk: RequestSeen = {
  server: 'cosmos',
  operation: 'Bulk',
  targets: ['orders'],
  parts: ['Create'],
  client: 'sdk',
};
const serve = { kind: 'serve' };
const drop = { kind: 'drop' };

let killed: string[];
let rules: FaultRules;
const add = (rule: FaultRuleInput) => rules.add(FaultRule.parse(rule));

beforeEach(() => {
  killed = [];
  rules = new FaultRules(async (process) => {
    killed.push(process);
  });
});

describe('the requests that a fault rule applies to', () => {
  it.each<[string, FaultRuleInput, boolean]>([
    ['every request of its server', { server: 'kafka', action: 'drop' }, true],
    ['no request of another server', { server: 'cosmos', action: 'drop' }, false],
    ['its operation', { server: 'kafka', operation: 'Produce', action: 'drop' }, true],
    ['no other operation', { server: 'kafka', operation: 'Fetch', action: 'drop' }, false],
    ['its target', { server: 'kafka', target: 'order-events', action: 'drop' }, true],
    ['no other target', { server: 'kafka', target: 'catalog-events', action: 'drop' }, false],
    ['a client whose name contains the given text', { server: 'kafka', client: 'app', action: 'drop' }, true],
    ['no other client', { server: 'kafka', client: 'test', action: 'drop' }, false],
  ])('a fault rule applies to %s', async (_, rule, applies) => {
    add(rule);
    expect(await rules.judge(produce)).toEqual(applies ? drop : serve);
  });

  it('a fault rule with a part applies to a bulk request that has one like it, and to no other request', async () => {
    add({ server: 'cosmos', part: 'Delete', action: 'drop' });
    const removals = { ...bulk, parts: ['Create', 'Delete'] };
    const { parts: _, ...partless } = bulk;
    const verdictOf = async (request: RequestSeen) => await rules.judge(request);
    expect([await verdictOf(bulk), await verdictOf(removals), await verdictOf(partless)]).toEqual([serve, drop, serve]);
  });
});

describe('the repetition of fault rules', () => {
  it('a fault rule with "times" applies that often and no more', async () => {
    const id = add({ server: 'kafka', times: 2, action: 'drop' });
    expect(await verdicts(3)).toEqual([drop, drop, serve]);
    expect(rules.report(id)).toEqual({ hits: 2, held: 0 });
  });

  it('a fault rule with "every" applies to every nth request', async () => {
    add({ server: 'kafka', every: 3, action: 'drop' });
    expect(await verdicts(6)).toEqual([serve, serve, drop, serve, serve, drop]);
  });

  it('a fault rule applies until it is cleared', async () => {
    const id = add({ server: 'kafka', action: 'drop' });
    rules.clear(id);
    expect(await rules.judge(produce)).toEqual(serve);
    expect(rules.concerns('kafka')).toBe(false);
  });

  it('the next fault rule applies once the one before it is used up', async () => {
    add({ server: 'kafka', times: 1, action: 'drop' });
    add({ server: 'kafka', action: 'apply-then-drop' });
    expect(await verdicts(2)).toEqual([drop, { kind: 'apply-then-drop' }]);
  });
});

it('a stale rule lets its client read what there was when it was added, or so long ago but no longer', async () => {
  const before = Date.now();
  expect(rules.keepsPast).toBe(false);
  const frozen = add({ server: 'cosmos', client: 'late', action: 'stale' });
  expect(rules.keepsPast).toBe(true);
  const read: RequestSeen = { server: 'cosmos', operation: 'Read', targets: ['orders'], client: 'sdk late' };
  const verdict = await rules.judge(read);
  expect(verdict).toMatchObject({ kind: 'stale', reader: frozen, asOf: expect.any(Number) });
  expect(await rules.judge(read)).toEqual(verdict);
  rules.clear(frozen);
  add({ server: 'cosmos', client: 'late', action: 'stale', byMs: 3_600_000 });
  const lagging = await rules.judge(read);
  expect(lagging.kind === 'stale' && lagging.asOf >= before).toBe(true);
});

it('a held request is served when its fault rule is released, and later requests are held again', async () => {
  const id = add({ server: 'kafka', action: 'hold' });
  const held = rules.judge(produce);
  expect(rules.report(id)).toEqual({ hits: 1, held: 1 });
  rules.release(id);
  expect(await held).toEqual(serve);
  void rules.judge(produce);
  expect(rules.report(id)).toEqual({ hits: 2, held: 1 });
});

it('a held request is served when all fault rules are cleared', async () => {
  add({ server: 'kafka', action: 'hold' });
  const held = rules.judge(produce);
  rules.clearAll();
  expect(await held).toEqual(serve);
});

it('a refusal carries status, substatus and retry-after of its fault rule', async () => {
  add({ server: 'kafka', action: 'refuse', status: 429, substatus: 3200, retryAfterMs: 10 });
  expect(await rules.judge(produce)).toEqual({ kind: 'refuse', status: 429, substatus: 3200, retryAfterMs: 10 });
});

it.each([
  [false, 'drop'],
  [true, 'apply-then-drop'],
])('the functions process is killed before the request is decided on (applied: %s)', async (applied, kind) => {
  add({ server: 'kafka', action: 'kill-functions', applied });
  const verdict = rules.judge(produce);
  expect(killed).toEqual(['main']);
  expect(await verdict).toEqual({ kind });
});

async function verdicts(count: number) {
  const all: unknown[] = [];
  for (let n = 0; n < count; n += 1) all.push(await rules.judge(produce));
  return all;
}
