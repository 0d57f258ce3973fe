import { expect, it } from 'vitest';
import { StopOrder } from './stop-order.ts';

const never = new AbortController().signal;

it('parts are stopped in the reverse order of their start, one after the other', async () => {
  const events: string[] = [];
  const order = new StopOrder(() => undefined);
  for (const name of ['broker', 'functions']) {
    await order.add(name, async () => {
      events.push(`${name} stops`);
      await Promise.resolve();
      events.push(`${name} stopped`);
    });
  }
  await order.run(never);
  expect(events).toEqual(['functions stops', 'functions stopped', 'broker stops', 'broker stopped']);
});

it('if a part fails to stop, it is named and the other parts are stopped all the same', async () => {
  const said: string[] = [];
  const stopped: string[] = [];
  const order = new StopOrder((line) => said.push(line));
  await order.add('lock', () => void stopped.push('lock'));
  await order.add('broker', () => Promise.reject(new Error('disk gone')));
  await order.run(never);
  expect(stopped).toEqual(['lock']);
  expect(said).toEqual(['broker did not stop well: disk gone']);
});

it('a part that starts after stopping has begun is stopped at once', async () => {
  const stopped: string[] = [];
  const order = new StopOrder(() => undefined);
  await order.run(never);
  await order.add('late', () => void stopped.push('late'));
  expect(stopped).toEqual(['late']);
});
