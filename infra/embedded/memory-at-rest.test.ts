import { describe, expect, it } from 'vitest';
import { collectGarbage, MemoryAtRest } from './memory-at-rest.ts';

describe('the memory of a thread', () => {
  it('the memory of a thread is given back once after its start, as soon as it rests', () => {
    const memory = new MemoryAtRest();
    expect([0.9, 0.1, 0.01, 0.01, 0.2, 0.01].map((part) => memory.isDue(part))).toEqual([
      false,
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  it('the memory of a thread is given back once after each time that it was busy', () => {
    const memory = new MemoryAtRest();
    expect([0, 0.5, 0, 0, 0.3, 0.4, 0.1, 0].map((part) => memory.isDue(part))).toEqual([
      true,
      false,
      true,
      false,
      false,
      false,
      false,
      true,
    ]);
  });

  it('garbage is collected at once and as a whole', async () => {
    const garbage = new WeakRef({ of: 'a test' });
    await collectGarbage();
    expect(garbage.deref()).toBeUndefined();
  });
});
