import { expect, it } from 'vitest';
import { ConnectionsFirst } from './connections-first.ts';

const nextTurn = () => new Promise(setImmediate);

it('a request begins at the end of the turn in which it has come, where no connection was accepted', async () => {
  const connections = new ConnectionsFirst();
  const order: string[] = [];
  const request = connections.mayBegin().then(() => order.push('request'));
  setImmediate(() => order.push('next'));
  await request;
  await nextTurn();
  expect(order).toEqual(['request', 'next']);
});

it('requests wait while turns accept connections, and begin together, in order', async () => {
  const connections = new ConnectionsFirst();
  const begun: string[] = [];
  const first = connections.mayBegin().then(() => begun.push('first'));
  for (let turn = 0; turn < 5; turn += 1) {
    connections.accepted();
    await nextTurn();
  }
  const second = connections.mayBegin().then(() => begun.push('second'));
  expect(begun).toEqual([]);
  await nextTurn();
  expect(begun).toEqual(['first', 'second']);
  await Promise.all([first, second]);
});

it('connections without end do not keep a request from beginning', async () => {
  const connections = new ConnectionsFirst();
  let turns = 0;
  let hasBegun = false;
  const request = connections.mayBegin().then(() => {
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

it('a connection that was accepted before a request has come makes it wait for one turn', async () => {
  const connections = new ConnectionsFirst();
  connections.accepted();
  let hasBegun = false;
  const request = connections.mayBegin().then(() => {
    hasBegun = true;
  });
  await nextTurn();
  expect(hasBegun).toBe(false);
  await request;
});
