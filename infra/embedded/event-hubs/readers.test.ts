import { expect, it, vi } from 'vitest';
import { Readers } from './readers.ts';

const reader = (ownerLevel?: number) => ({ ownerLevel, stolen: vi.fn() });
const place = 'orders/$Default/0';

it('a reader takes a partition over from a reader of the same or a lower owner level', () => {
  const readers = new Readers();
  const [first, second, third] = [reader(0), reader(0), reader(7)];
  for (const one of [first, second, third]) readers.enter(place, one);
  expect([first, second, third].map(({ stolen }) => stolen.mock.calls.length)).toEqual([1, 1, 0]);
});

it('a reader of a lower owner level, or of none, is refused', () => {
  const readers = new Readers();
  readers.enter(place, reader(2));
  expect(() => readers.enter(place, reader(1))).toThrow(`higher epoch '2'`);
  expect(() => readers.enter(place, reader())).toThrow(`higher epoch '2'`);
});

it('up to five readers without an owner level share a partition of a consumer group', () => {
  const readers = new Readers();
  const leave = Array.from({ length: 5 }, () => readers.enter(place, reader()))[0];
  readers.enter('orders/$Default/1', reader());
  expect(() => readers.enter(place, reader())).toThrow('maximum number of 5');
  leave?.();
  readers.enter(place, reader());
});
