import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextTick, type Recurrence, recurrenceText } from './recurrence.ts';

const now = new Date('2026-11-22T10:00:30.000Z');
const hour = 3_600_000;

describe('ticks every so often', () => {
  it.each([
    ['a minute after now, where there was none', undefined, '2026-11-22T10:01:30.000Z'],
    ['a minute after the last one, however late it ran', '2026-11-22T10:00:00.000Z', '2026-11-22T10:01:00.000Z'],
    ['at the distance of a minute, however many were missed', '2026-11-20T23:17:10.000Z', '2026-11-22T10:01:10.000Z'],
    ['not at once again, where the last one is due just now', '2026-11-22T10:00:30.000Z', '2026-11-22T10:01:30.000Z'],
  ])('the next tick is %s', (_, last, expected) => {
    expect(nextTick({ every: 'PT1M' }, last === undefined ? { now } : { now, last })).toBe(expected);
  });
});

describe('ticks at a local time', () => {
  const berlin = { daily: '02:30', zone: 'Europe/Berlin' };

  it.each([
    ['today, where the time is still to come', '2026-11-22T01:00:00.000Z', '2026-11-22T01:30:00.000Z'],
    ['tomorrow, where it is this very moment', '2026-11-22T01:30:00.000Z', '2026-11-23T01:30:00.000Z'],
    ['after what is skipped when summer begins', '2026-03-28T12:00:00.000Z', '2026-03-29T01:00:00.000Z'],
    ['the next day after a skipped one', '2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z'],
    ['the first of two when summer ends', '2026-10-24T12:00:00.000Z', '2026-10-25T00:30:00.000Z'],
    ['the next day between the two', '2026-10-25T00:45:00.000Z', '2026-10-26T01:30:00.000Z'],
  ])('the next tick is %s', (_, at, expected) => {
    expect(nextTick(berlin, { now: new Date(at), last: '2020-01-01T00:00:00.000Z' })).toBe(expected);
  });

  it('the next tick is never one that was, where the clock was put back meanwhile', () => {
    const last = '2026-11-22T01:30:00.000Z';
    for (const at of ['2026-11-22T01:29:59.000Z', '2026-11-20T12:00:00.000Z'])
      expect(nextTick(berlin, { now: new Date(at), last })).toBe('2026-11-23T01:30:00.000Z');
  });

  it('there is one tick a day through a summer and a winter, whatever the clocks do', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Beirut', 'UTC'),
        fc.constantFrom('00:00', '00:30', '01:45', '02:00', '02:30', '03:00', '23:59'),
        (zone, daily) => {
          const ticks: string[] = [];
          for (let at = new Date('2026-06-15T12:00:00.000Z'); ticks.length < 200; at = new Date(ticks.at(-1) ?? at))
            ticks.push(nextTick({ daily, zone }, { now: at }));
          expect(ticks).toEqual([...new Set(ticks)].toSorted());
          const last = ticks.at(-1) ?? '';
          expect(Math.abs(Date.parse(last) - Date.parse(ticks[0] ?? '') - 199 * 24 * hour)).toBeLessThanOrEqual(hour);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('what is no recurrence', () => {
  it.each<[Recurrence, string]>([
    [{ every: 'daily' }, 'ISO 8601'],
    [{ every: 'PT0S' }, 'is too often'],
    [{ daily: '24:00', zone: 'UTC' }, 'write it as 06:30'],
    [{ daily: '06:00', zone: 'Berlin' }, 'write it as Europe/Berlin'],
  ])('%j is refused with what to write', (recurrence, message) => {
    expect(() => recurrenceText(recurrence)).toThrow(message);
  });
});
