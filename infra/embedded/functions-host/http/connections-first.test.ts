import { expect, it } from 'vitest';
import { ConnectionsFirst } from './connections-first.ts';

const nextTurn = () => new Promise(setImmediate);

it('a request that comes when no connection was accepted begins at once', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('next turn'));
  await new ConnectionsFirst().turn();
  order.push('request');
  await nextTurn();
  expect(order).toEqual(['request', 'next turn']);
});

it('requests wait until a turn accepts no connection, and begin together, in order', async () => {
  const connections = new ConnectionsFirst();
  const begun: string[] = [];
  connections.accepted();
  const first = connections.turn().then(() => begun.push('first'));
  for (let turn = 0; turn < 5; turn += 1) {
    await nextTurn();
    connections.accepted();
  }
  const second = connections.turn().then(() => begun.push('second'));
  await nextTurn();
  expect(begun).toEqual([]);
  await nextTurn();
  expect(begun).toEqual(['first', 'second']);
  await Promise.all([first, second]);
});

it('connections without end do not keep a request from beginning', async () => {
  const connections = new ConnectionsFirst();
  let turns = 0;
  let hasBegun = false;
  connections.accepted();
  const request = connections.turn().then(() => {
    hasBegun = true;
  });
  while (!hasBegun) {
    connections.accepted();
    turns += 1;
    await nextTurn();
  }
  await request;
  expect(turns).toBe(65);
});
