import { expect, it } from 'vitest';
import { withinTime } from './within-time.ts';

it('work that ends in time returns its result and is not given up', async () => {
  const signal = await withinTime(60_000, async (given) => given);
  expect(signal.aborted).toBe(false);
});

it('an error of work that ends in time is thrown on', async () => {
  await expect(withinTime(60_000, () => Promise.reject(new RangeError('no')))).rejects.toBeInstanceOf(RangeError);
});

it('work that exceeds its time fails with 503 and says that the outcome is unknown', async () => {
  const never = new Promise<never>(() => undefined);
  await expect(withinTime(1, () => never)).rejects.toMatchObject({
    status: 503,
    code: 'timed-out',
    message: expect.stringContaining('the outcome is unknown'),
  });
});

it('work that was given up can see it, and its later error is ignored', async () => {
  const late = Promise.withResolvers<void>();
  let signal: AbortSignal | undefined;
  const work = withinTime(1, async (given) => {
    signal = given;
    await late.promise;
    throw new Error('too late for anybody');
  });
  await expect(work).rejects.toMatchObject({ code: 'timed-out' });
  expect(signal?.reason).toMatchObject({ code: 'timed-out' });
  late.resolve();
  // An unhandled rejection would fail the run.
  await new Promise(setImmediate);
});
