import { describe, expect, it } from 'vitest';
import { PasswordCost } from './password-cost.ts';

describe('the password cost', () => {
  it('a password cost is written as memory in MiB, passes and lanes', () => {
    expect(PasswordCost.parse('memory:64,passes:3,lanes:4')).toEqual({
      memoryCost: 65_536,
      timeCost: 3,
      parallelism: 4,
    });
  });

  it.each([
    'memory:46,passes:1,lanes:1',
    'memory:19,passes:2,lanes:1',
    'memory:7,passes:5,lanes:1',
  ])('a password cost of %s is accepted as a minimum', (text) => {
    expect(PasswordCost.safeParse(text).success).toBe(true);
  });

  it.each([
    ['', 'is written memory:64,passes:3,lanes:4'],
    ['64', 'is written memory:64,passes:3,lanes:4'],
    ['memory:64,lanes:4,passes:3', 'is written memory:64,passes:3,lanes:4'],
    ['memory:18,passes:2,lanes:1', 'memory:19,passes:2'],
    ['memory:45,passes:1,lanes:4', 'memory:46,passes:1'],
    ['memory:4096,passes:3,lanes:4', 'must not be more than memory:1024,passes:16,lanes:16'],
    ['memory:64,passes:3,lanes:0', 'needs a lane'],
  ])('a password cost of %j is refused with "%s"', (text, told) => {
    expect(PasswordCost.safeParse(text).error?.issues[0]?.message).toMatch(told);
  });
});
