import { setTimeout as pause } from 'node:timers/promises';
import { HttpConnection } from '../load/http-connection.ts';
import { orderDesk, type PlacedOrder, placeFlatOut, placePatiently } from '../shop/place-orders.ts';
import type { Peer } from './peer.ts';
import { untilStill } from './until-still.ts';

const clients = 16;

/** Longer than what a crash leaves waits for a sweep. */
const patienceMs = 12_000;

/** What a rush came to. */
export interface RushOfPeer {
  readonly confirmedPerSecond: number;
  /** Milliseconds from each request to its confirmation, the shortest first. */
  readonly times: readonly number[];
  readonly undecided: number;
  /** Of app and store together, with what follows a decision. */
  readonly cpuMsEach: number;
}

/** 16 clients order ordinary goods for as long as the window is; it counts until the last order is decided. */
export async function rushAt(peer: Peer, windowMs: number): Promise<RushOfPeer> {
  const cpuBefore = peer.use().cpuMs;
  const start = Date.now();
  const placed = await placeFlatOut(peer.counter, clients, windowMs);
  const { confirmedAt, undecided } = await peer.decided(idsOf(placed));
  const times = placed.flatMap(({ orderId, dueAt }) => {
    const at = confirmedAt.get(orderId);
    return at === undefined ? [] : [at - (performance.timeOrigin + dueAt)];
  });
  const end = [...confirmedAt.values()].reduce((latest, at) => Math.max(latest, at), start);
  return {
    confirmedPerSecond: confirmedAt.size / ((end - start) / 1_000),
    times: times.toSorted((a, b) => a - b),
    undecided,
    cpuMsEach: (peer.use().cpuMs - cpuBefore) / confirmedAt.size,
  };
}

/** How many of so many orders for one piece each, by 16 clients at once, are confirmed where there are fewer pieces. */
export async function confirmedOf(peer: Peer, orders: number, pieces: number): Promise<number> {
  const counter = await peer.scarce(pieces);
  const desk = orderDesk(counter);
  let left = orders;
  const client = async () => {
    using connection = await HttpConnection.open(counter.url.href);
    while (left > 0) {
      left -= 1;
      await placePatiently(desk, connection, performance.now());
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return (await peer.decided(idsOf(desk.placed))).confirmedAt.size;
}

/** What a SIGKILL in the middle of a rush leaves of what was acknowledged. */
export interface LeftByCrash {
  readonly lost: number;
  readonly undecided: number;
  /** Pieces by which stock and orders disagree. */
  readonly apart: number;
}

/** Kills the app in the middle of a rush, whose clients come back; then it has until nothing more happens. */
export async function afterCrash(peer: Peer, windowMs: number): Promise<LeftByCrash> {
  const desk = orderDesk(peer.counter);
  const end = performance.now() + windowMs;
  const client = async () => {
    while (performance.now() < end) {
      try {
        using connection = await HttpConnection.open(peer.counter.url.href);
        while (performance.now() < end) await placePatiently(desk, connection, performance.now());
      } catch {
        await pause(20); // it is away: whether the last order was taken, nobody has said
      }
    }
  };
  const crash = pause(windowMs / 3).then(() => peer.crash());
  await Promise.all([crash, ...Array.from({ length: clients }, client)]);
  const { lost, undecided } = await peer.decided(idsOf(desk.placed));
  // An order whose answer the crash has swallowed is decided, too, and nobody has asked after it.
  const apartBy = ({ inStock, inOrders }: Awaited<ReturnType<Peer['held']>>) => Math.abs(inStock - inOrders);
  return { lost, undecided, apart: apartBy(await untilStill(peer.held, apartBy, patienceMs)) };
}

function idsOf(placed: readonly PlacedOrder[]): readonly string[] {
  return placed.map(({ orderId }) => orderId);
}
