import { describe, expect, it } from 'vitest';
import { demoShop, tradingDay, tradingDays } from './trading-day.ts';

describe('a trading day of the demo', () => {
  it('a trading day of the demo is the same whenever it is made, and other than that of another till or day', () => {
    expect(tradingDay('2026-11-22', '1')).toEqual(tradingDay('2026-11-22', '1'));
    expect(tradingDay('2026-11-22', '1')).not.toEqual(tradingDay('2026-11-22', '2'));
    expect(tradingDay('2026-11-22', '1')).not.toEqual(tradingDay('2026-11-23', '1'));
  });

  it('a trading day of the demo begins with the opening of its session and ends with its closing', () => {
    const routes = tradingDay('2026-11-22', '1').map(({ route }) => route);
    expect(routes[0]).toMatch(/^sessions\/[^/]+$/);
    expect(routes.at(-1)).toBe(`${routes[0]}/close`);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('no till of the demo is counted with less than it was opened with', () => {
    const days = Array.from({ length: 31 }, (_, n) => `2026-12-${String(n + 1).padStart(2, '0')}`);
    const closings = days.flatMap((day) =>
      demoShop.registers.map((register) => tradingDay(day, register).at(-1)?.body),
    );
    for (const body of closings)
      expect(Object.entries(body ?? {})).toContainEqual(['takenOut', expect.toSatisfy((cash) => cash >= 0)]);
  });

  it('the week of the demo is short, and no day of it is longer ago than tills may be offline', () => {
    const now = new Date('2026-11-29T23:59:59.000Z');
    const days = tradingDays(now);
    expect(days).toEqual(['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28']);
    const requests = days.flatMap((day) => demoShop.registers.flatMap((register) => tradingDay(day, register)));
    expect(requests.length).toBeLessThan(100);
    const [first] = days;
    expect(now.getTime() - Date.parse(`${first}T08:00:00.000Z`)).toBeLessThan(7 * 86_400_000);
  });
});
