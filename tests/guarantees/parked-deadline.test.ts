import { describe, expect, it } from 'vitest';
import { replayDeadLetter } from '../../functions/operations/dead-letters/replay-dead-letter.ts';
import { expireOrder } from '../../functions/orders/order/expire-order.ts';
import { aPlacement } from '../../functions/orders/order/order.examples.ts';
import { Order, type OrderState, orderBoundary, place, settle } from '../../functions/orders/order/order.ts';
import { update } from '../../functions/orders/order/order-details.ts';
import type { Deadline } from '../../shared/capabilities/deadline.ts';
import { deadLettersContainer } from '../../shared/dead-letters/dead-letters-container.ts';
import type { DomainEvent } from '../../shared/events/define-event.ts';
import { idWithin } from '../../shared/persistence/documents/stored-document.ts';
import { deadLetterRetry } from '../../shared/replays/dead-letter-retry.ts';
import { sweep } from '../../shared/sweep/sweep.ts';
import { service } from '../rigs/kernel/kernel-bench.ts';
import { request } from '../rigs/kernel/request.ts';
import { type RuntimeBench, runtimeBench } from '../rigs/kernel/runtime-bench.ts';
import { serveEndpoint } from '../rigs/kernel/serve-endpoint.ts';

const { orderId } = aPlacement;
const boundary = `main/${orderBoundary(orderId)}`;
const hour = 3_600_000;

const change = async ({ open }: RuntimeBench, decide: (order: OrderState) => readonly DomainEvent[]) => {
  const work = open(boundary);
  const order = await work.load(Order, orderId);
  order.record(decide(order.state));
  await work.commit();
};

/** A pending order whose expiry failed until it was given up; from now on it works. */
async function givenUp() {
  const bench = await runtimeBench();
  let isBroken = true;
  const expiry: Deadline = {
    ...expireOrder,
    async visit(...visited) {
      if (isBroken) throw new TypeError('undefined is no function');
      await expireOrder.visit(...visited);
    },
  };
  const sweepOrders = () => sweep([{ name: service, deadlines: [expiry] }], bench.runtime);
  const work = bench.open(boundary);
  (await work.expectNew(Order, orderId)).record(place(aPlacement));
  await work.commit();
  for (let sweeps = 0; sweeps < 8; sweeps += 1) {
    bench.clock.pass(hour);
    await sweepOrders();
  }
  isBroken = false;
  const replay = async () => {
    const letters = await bench.documents('main/dead-letters:2026-11-22', deadLettersContainer);
    const [letter] = letters.filter(({ kind }) => kind === 'dead-letter');
    if (letter === undefined) throw new Error('nothing was parked');
    const stage = { service: deadLettersContainer, runtime: bench.runtime };
    const parts = { params: { id: idWithin(letter.id) } };
    expect(await serveEndpoint(replayDeadLetter, request(parts), stage)).toMatchObject({ status: 200 });
    bench.clock.pass(10_000);
    await sweep([{ name: deadLettersContainer, deadlines: [deadLetterRetry(bench.runtime)] }], bench.runtime);
    await sweepOrders();
  };
  const order = () => bench.container.read(boundary, `order:${orderId}`);
  return { bench, sweepOrders, replay, order };
}

describe('the parked expiry of a pending order', () => {
  it('a parked expiry is met once an operator replays it, although the customer has changed the order since', async () => {
    const { bench, sweepOrders, replay, order } = await givenUp();
    await change(bench, (pending) => update(pending, { note: 'Ring twice' }).events);
    await change(bench, (pending) => update(pending, { deliveryAddress: '1 Main Street' }).events);
    await sweepOrders();
    expect(await order()).toMatchObject({ status: 'pending', version: 3 });
    await replay();
    expect(await order()).toMatchObject({ status: 'cancelled', reason: 'timed-out', version: 5 });
    expect(await bench.deadLetters()).toMatchObject([{ status: 'replayed' }]);
  });

  it('a parked expiry is discarded with a reason when an operator replays it after the order was confirmed', async () => {
    const { bench, replay, order } = await givenUp();
    await change(bench, (pending) => settle(pending, 'confirmed'));
    await replay();
    expect(await order()).toMatchObject({ status: 'confirmed' });
    const [letter] = await bench.deadLetters();
    expect(letter).toMatchObject({ status: 'discarded' });
    expect(letter?.history.at(-1)?.detail).toBe('the document has no such deadline any more: nothing is due');
  });
});
