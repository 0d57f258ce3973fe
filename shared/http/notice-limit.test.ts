import { expect, it } from 'vitest';
import { noticeLimit } from './notice-limit.ts';

const clockAt = (start: number) => {
  let now = start;
  return {
    now: () => new Date(now),
    pass: (ms: number) => {
      now += ms;
    },
  };
};

it('a notice of the same thing is given once a minute', () => {
  const clock = clockAt(0);
  const mayNotice = noticeLimit(clock);
  expect([mayNotice('a'), mayNotice('a'), mayNotice('b')]).toEqual([true, false, true]);
  clock.pass(59_000);
  expect(mayNotice('a')).toBe(false);
  clock.pass(61_000);
  expect(mayNotice('a')).toBe(true);
});

it('notices of however many things are given sixty at once, and no more', () => {
  const mayNotice = noticeLimit(clockAt(0));
  const noticed = Array.from({ length: 1_000 }, (_, index) => mayNotice(String(index))).filter(Boolean);
  expect(noticed).toHaveLength(60);
});
