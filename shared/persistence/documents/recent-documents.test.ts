import { expect, it } from 'vitest';
import { systemClock } from '../../clock.ts';
import { RecentDocuments } from './recent-documents.ts';

const capacity = 2_000;
const document = (id: number) => ({ id: String(id), boundary: 'main/orders', kind: 'order', version: 1, _etag: '"1"' });

function remembering(count: number) {
  const recent = new RecentDocuments(systemClock);
  for (let id = 0; id < count; id += 1) recent.remember(document(id));
  const known = (id: number) => recent.recall('main/orders', String(id)) !== undefined;
  const knownOf = (to: number) => Array.from({ length: to }, (_, id) => id).filter(known);
  return { recent, known, knownOf };
}

it('remembered documents are as many as there is room for, the newest', () => {
  const { knownOf } = remembering(2.5 * capacity);
  const all = knownOf(2.5 * capacity);
  expect([all.length, all[0], all.at(-1)]).toEqual([capacity, 1.5 * capacity, 2.5 * capacity - 1]);
});

it('a document that is remembered anew outlives those remembered since its first time', () => {
  const { recent, known, knownOf } = remembering(capacity);
  for (let id = capacity; id < 3 * capacity; id += 1) {
    recent.remember(document(7));
    recent.remember(document(id));
  }
  expect(known(7)).toBe(true);
  expect(knownOf(3 * capacity)).toHaveLength(capacity);
});

it('after some were forgotten, as many are remembered again before the oldest goes', () => {
  const { recent, knownOf } = remembering(capacity + 100);
  for (let id = 100; id < 300; id += 1) recent.forget('main/orders', String(id));
  for (let id = capacity + 100; id < capacity + 300; id += 1) recent.remember(document(id));
  expect(knownOf(400)[0]).toBe(300);
  recent.remember(document(capacity + 300));
  expect(knownOf(400)[0]).toBe(301);
});
