import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reportKinds } from './provider-report.ts';
import { appliedAll, type SentMessage, unapplied, withDelivery, withReport } from './sent-message.ts';

const now = new Date('2026-11-22T10:00:00.000Z');
const delivery = { deliveryId: 'd', recipientId: 'ann', channel: 'email' } as const;
const bounce = { id: 'r-1', kind: 'bounced' } as const;

/** What comes to a message, one after the other. */
function upon(
  ...steps: readonly ('delivery' | { readonly id: string; readonly kind: (typeof reportKinds)[number] })[]
) {
  return steps.reduce<SentMessage | undefined>(
    (state, step) => (step === 'delivery' ? withDelivery(state, delivery, now) : withReport(state, step, now)),
    undefined,
  );
}

describe('a sent message', () => {
  it('a message of which nothing is reported is due to nobody', () => {
    expect(upon('delivery')).toMatchObject({ delivery, reports: [] });
    expect(upon('delivery')?.dueAt).toBeUndefined();
  });

  it('a report that comes before its delivery is settled waits for it, and is then acted on at once', () => {
    expect(upon(bounce)?.dueAt).toBeUndefined();
    expect(upon(bounce, 'delivery')).toMatchObject({ delivery, reports: [bounce], dueAt: expect.any(String) });
  });

  it('the same report twice is one', () => {
    const once = upon('delivery', bounce);
    expect(upon('delivery', bounce, bounce)).toEqual(once);
    const applied = appliedAll(once ?? expect.fail());
    expect(withReport(applied, bounce, now)).toBe(applied);
  });

  it('only what has come since is acted on again', () => {
    const applied = appliedAll(upon('delivery', bounce) ?? expect.fail());
    expect(applied.dueAt).toBeUndefined();
    const more = withReport(applied, { id: 'r-2', kind: 'complained' }, now);
    expect([...unapplied(more)]).toEqual(['complained']);
    expect(more.dueAt).toBeDefined();
  });

  it('whatever the order, and however often, the same is known in the end', () => {
    const step = fc.oneof(
      fc.constant('delivery' as const),
      fc.record({ id: fc.constantFrom('a', 'b', 'c'), kind: fc.constantFrom(...reportKinds) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), fc.array(step, { maxLength: 12 }), (some, others) => {
        const one = { id: 'one', kind: 'bounced' } as const;
        const known = [...some, one, 'delivery' as const, ...others];
        const state = upon(...known, ...known);
        const ids = new Set(known.flatMap((each) => (each === 'delivery' ? [] : each.id)));
        expect(state?.reports.map(({ id }) => id).toSorted()).toEqual([...ids].toSorted());
        expect(state).toMatchObject({ delivery, dueAt: expect.any(String) });
      }),
    );
  });
});
