import { startStack } from '../../tests/rigs/stack/start-stack.ts';
import type { Figure } from '../figure.ts';
import { kernelMails } from '../kernel-mails.ts';
import { temporaryFolder } from '../kernel-settings.ts';
import { rawMails } from '../raw/mail-writes.ts';
import { running } from '../running.ts';
import { sideBySide } from '../side-by-side.ts';
import { typical } from '../typical.ts';

const inFlight = 32;

/**
 * Mails settled per second with the file provider, from the commit that asks for one until the bus was told that it is sent, against
 * the same three writes raw (the notice and its mail, the claim, the settling) by the same client in the same process, side by side.
 * What is between the two: the claim's and the settling's bookkeeping, the file, and three events on the bus.
 */
export const effectsFigure: Figure = {
  key: 'j',
  title: 'mails settled per second with the file provider, against the same three writes raw',
  async measure({ windowMs }) {
    using temporary = temporaryFolder();
    const stack = await startStack({ env: { ENABLED_SERVICES: 'catalog' } });
    await using _ = running(() => stack.stop());
    await using mails = await kernelMails(stack, temporary.folder);
    using raw = await rawMails(stack.cosmos);
    const pairs = await sideBySide(
      perSecond(() => mails.send()),
      perSecond(() => raw.write()),
      windowMs,
    );
    return [
      {
        what: 'mails settled / the same writes raw',
        ...typical(pairs.map(({ ours, theirs }) => ours / theirs)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.5 },
      },
      { what: 'mails settled', ...typical(pairs.map(({ ours }) => ours)), unit: 'per second' },
      { what: 'mails in raw writes', ...typical(pairs.map(({ theirs }) => theirs)), unit: 'per second' },
    ];
  },
};

/** How often it is done in a second, by some who each do it once more as soon as it is done. */
function perSecond(act: () => Promise<void>): (forMs: number) => Promise<number> {
  return async (forMs) => {
    const start = performance.now();
    let done = 0;
    const actor = async () => {
      while (performance.now() - start < forMs) {
        await act();
        done += 1;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, actor));
    return done / ((performance.now() - start) / 1_000);
  };
}
