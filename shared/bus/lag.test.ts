import { describe, expect, it } from 'vitest';
import { lagOf } from './lag.ts';

const group = { name: 'orders-on-order-events', service: 'orders', topic: 'order-events' };
const lag = (committed: number | undefined, oldest: number, newest: number) =>
  lagOf(group, [{ partition: 0, committed, oldest, newest }]).total;

describe('the lag of a consumer group', () => {
  it('the lag is the number of events after the committed offset', () => {
    expect(lag(7, 0, 10)).toBe(3);
    expect(lag(10, 0, 10)).toBe(0);
  });
  it('the lag of a group that has never committed is all that the topic holds', () => {
    expect(lag(undefined, 0, 10)).toBe(10);
    expect(lag(undefined, 4, 10)).toBe(6);
    expect(lag(undefined, 0, 0)).toBe(0);
  });
  it('the lag does not count events that the topic has deleted unread', () => {
    expect(lag(2, 4, 10)).toBe(6);
    expect(lag(2, 10, 10)).toBe(0);
  });
  it('the lag is zero if a recreated topic is shorter than the committed offset', () => {
    expect(lag(50, 0, 10)).toBe(0);
  });
  it('the lag of a group adds up its partitions, listed in order', () => {
    const told = lagOf(group, [
      { partition: 1, committed: undefined, oldest: 0, newest: 2 },
      { partition: 0, committed: 4, oldest: 0, newest: 5 },
    ]);
    expect(told).toEqual({
      group: 'orders-on-order-events',
      service: 'orders',
      topic: 'order-events',
      total: 3,
      partitions: [
        { partition: 0, committed: 4, newest: 5, lag: 1 },
        { partition: 1, committed: undefined, newest: 2, lag: 2 },
      ],
    });
  });
});
