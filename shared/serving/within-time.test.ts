import { expect, it } from 'vitest';
import { withinTime } from './within-time.ts';

it('work that ends in time is answered, and is never given up', async () => {
  const asked = await withinTime(60_000, async (isGivenUp) => isGivenUp);
  expect(asked()).toBe(false);
});

it('what the work throws is thrown', async () => {
  await expect(withinTime(60_000, () => Promise.reject(new RangeError('no')))).rejects.toBeInstanceOf(RangeError);
});

it('work that takes too long is a problem that says that it is open whether it was done', async () => {
  const never = new Promise<never>(() => undefined);
  await expect(withinTime(1, () => never)).rejects.toMatchObject({
    status: 503,
    code: 'timed-out',
    message: expect.stringContaining('the outcome is unknown'),
  });
});

it('work that was given up hears of it, and what it throws then disturbs nobody', async () => {
  const late = Promise.withResolvers<void>();
  let asked: (() => boolean) | undefined;
  const work = withinTime(1, async (isGivenUp) => {
    asked = isGivenUp;
    await late.promise;
    throw new Error('too late for anybody');
  });
  await expect(work).rejects.toMatchObject({ code: 'timed-out' });
  expect(asked?.()).toBe(true);
  late.resolve();
  // An unhandled rejection would fail the run.
  await new Promise(setImmediate);
});
