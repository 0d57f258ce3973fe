import { setTimeout as pause } from 'node:timers/promises';

/**
 * Runs a check again and again until it no longer throws, and gives what it gives.
 *
 * @throws the check's last failure, once `withinMs` have passed.
 */
export async function eventually<T>(check: () => T | Promise<T>, withinMs = 10_000): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (failure) {
      if (Date.now() > deadline) throw failure;
    }
    await pause(20);
  }
}
