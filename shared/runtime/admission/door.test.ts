import { describe, expect, it } from 'vitest';
import { Door } from './door.ts';

/** A door at which these wait, and who was let in. */
function doorWith(...tenants: readonly string[]) {
  const door = new Door();
  const letIn: string[] = [];
  const waiters = tenants.map((tenant, index) => ({ tenant, letIn: () => void letIn.push(`${tenant} ${index}`) }));
  for (const waiter of waiters) door.wait(waiter);
  return { door, letIn, waiters };
}

describe('the door', () => {
  it('whoever came first comes in first, as long as there is room for the tenant', () => {
    const { door, letIn } = doorWith('a', 'b', 'a', 'b', 'a');
    const room = new Map([
      ['a', 2],
      ['b', 1],
    ]);
    door.open((tenant) => {
      const left = room.get(tenant) ?? 0;
      room.set(tenant, left - 1);
      return left > 0;
    });
    expect(letIn).toEqual(['a 0', 'b 1', 'a 2']);
    expect(door.of('a')).toEqual({ own: 1, others: 1 });
  });

  it('a tenant that may not come in is asked for once, however many of it wait', () => {
    const { door } = doorWith('a', 'a', 'b', 'a');
    const asked: string[] = [];
    door.open((tenant) => {
      asked.push(tenant);
      return false;
    });
    expect(asked).toEqual(['a', 'b']);
  });

  it('who has left is let in no more, and counts no more', () => {
    const { door, letIn, waiters } = doorWith('a', 'b');
    const [first] = waiters;
    if (first === undefined) throw new Error('nobody waits');
    expect([door.leave(first), door.leave(first)]).toEqual([true, false]);
    door.open(() => true);
    expect(letIn).toEqual(['b 1']);
    expect(door.size).toBe(0);
  });
});
