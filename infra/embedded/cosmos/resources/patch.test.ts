import type { Container, PatchOperation } from '@azure/cosmos';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { refusalOf, type ServerUnderTest, startForTest } from '../server-under-test.ts';

let cosmos: ServerUnderTest;
let things: Container;
beforeAll(async () => {
  cosmos = await startForTest();
  things = await cosmos.container();
});
afterAll(() => cosmos[Symbol.asyncDispose]());

const start = { id: 'p', boundary: 'b', count: 1, name: 'old', tags: ['a', 'b'], deep: { x: 1 } };
async function patch(operations: PatchOperation[], condition?: string) {
  await things.items.upsert(start);
  const body = condition === undefined ? operations : { operations, condition };
  const { resource } = await things.item('p', 'b').patch(body);
  return resource;
}

it.each<[string, PatchOperation, object]>([
  ['add a property', { op: 'add', path: '/new', value: { y: 1 } }, { new: { y: 1 } }],
  ['add into an array', { op: 'add', path: '/tags/1', value: 'x' }, { tags: ['a', 'x', 'b'] }],
  ['add to the end of an array', { op: 'add', path: '/tags/-', value: 'x' }, { tags: ['a', 'b', 'x'] }],
  ['set what is there', { op: 'set', path: '/tags/0', value: 'x' }, { tags: ['x', 'b'] }],
  ['set what is not there', { op: 'set', path: '/deep/z', value: null }, { deep: { x: 1, z: null } }],
  ['replace', { op: 'replace', path: '/name', value: 'new' }, { name: 'new' }],
  ['remove from an array', { op: 'remove', path: '/tags/0' }, { tags: ['b'] }],
  ['increment', { op: 'incr', path: '/count', value: -3 }, { count: -2 }],
  ['increment what is not there', { op: 'incr', path: '/deep/n', value: 4 }, { deep: { x: 1, n: 4 } }],
  ['move', { op: 'move', from: '/deep/x', path: '/moved' } as unknown as PatchOperation, { deep: {}, moved: 1 }],
  ['a name with a slash', { op: 'set', path: '/a~1b', value: 1 }, { 'a/b': 1 }],
])('a patch can %s', async (_, operation, expected) => {
  expect(await patch([operation])).toMatchObject({ id: 'p', boundary: 'b', ...expected });
});

it('a removed property is gone', async () => {
  expect(await patch([{ op: 'remove', path: '/name' }])).not.toHaveProperty('name');
});

it.each<[string, PatchOperation[]]>([
  ['replace what is not there', [{ op: 'replace', path: '/missing', value: 1 }]],
  ['remove what is not there', [{ op: 'remove', path: '/missing' }]],
  ['reach below what is not there', [{ op: 'add', path: '/missing/x', value: 1 }]],
  ['leave a hole in an array', [{ op: 'add', path: '/tags/9', value: 1 }]],
  ['increment a text', [{ op: 'incr', path: '/name', value: 1 }]],
  ['change the id', [{ op: 'set', path: '/id', value: 'other' }]],
  ['change the partition key', [{ op: 'set', path: '/boundary', value: 'other' }]],
  ['change a system property', [{ op: 'set', path: '/_ts', value: 1 }]],
  ['have eleven operations', Array(11).fill({ op: 'incr', path: '/count', value: 1 })],
  ['have an unknown operation', [{ op: 'shout', path: '/name' } as unknown as PatchOperation]],
])('a patch cannot %s, and then changes nothing', async (_, operations) => {
  expect(await refusalOf(patch([{ op: 'set', path: '/name', value: 'changed' }, ...operations]))).toMatchObject({
    code: 400,
  });
  expect((await things.item('p', 'b').read()).resource).toMatchObject(start);
});

it('a patch is applied only where its condition holds', async () => {
  const operations: PatchOperation[] = [{ op: 'incr', path: '/count', value: 1 }];
  expect(await patch(operations, "FROM c WHERE c.name = 'old' AND c.count < 5")).toMatchObject({ count: 2 });
  expect(await refusalOf(patch(operations, "FROM c WHERE c.name = 'new'"))).toMatchObject({ code: 412 });
});
