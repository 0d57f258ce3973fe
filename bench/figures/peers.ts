import path from 'node:path';
import type { Figure, Measurement } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { openLagerhaus } from '../peers/lagerhaus.ts';
import { installPackages } from '../peers/packages.ts';
import type { Peer } from '../peers/peer.ts';
import { postgresPrograms } from '../peers/postgres.ts';
import { openProgram } from '../peers/program.ts';
import { afterCrash, confirmedOf, type RushOfPeer, rushAt } from '../peers/trials.ts';
import { nearestRank, typical } from '../typical.ts';

const turnsEach = 5;
/** Ours has the most code, and takes some 45 s to be as fast as it gets: V8 compiles what runs often. */
const warmUps = 12;
const skus = Array.from({ length: 20 }, (_, index) => `BENCH-${index + 1}`);

/** Orders for something of which there are fewer pieces. */
const [wanted, there] = [200, 50];

const plain = { name: 'plain transaction', file: 'plain-transaction.mjs', skus };
const emmett = { name: 'emmett', file: 'emmett.mjs', skus };

const noPostgres = 'there is no PostgreSQL on this machine: install it (Debian: apt-get install postgresql)';

/**
 * Lagerhaus beside what a TypeScript team would take instead (bench/peers/programs): a plain transaction, and emmett with its
 * PostgreSQL event store. The same load (16 clients, 20 items), in turns, each on a store of its own; then 200 orders for 50 pieces,
 * and a SIGKILL in the middle of a rush. What is not like for like: docs/performance.md.
 */
export const peersFigure: Figure = {
  key: 'q',
  title: 'orders confirmed per second, against a plain transaction and emmett on PostgreSQL, on Linux',
  prepare: async () =>
    postgresPrograms() === undefined ? noPostgres : installPackages(path.join(import.meta.dirname, '../peers')),
  async measure({ windowMs }) {
    const programs = postgresPrograms();
    if (programs === undefined) throw new Error(noPostgres);
    await using ours = await openLagerhaus();
    await using plainPeer = await openProgram(plain, programs);
    await using emmettPeer = await openProgram(emmett, programs);

    const turn = async () => ({
      ours: await rushAt(ours, windowMs / 2),
      plain: await rushAt(plainPeer, windowMs / 2),
      emmett: await rushAt(emmettPeer, windowMs / 2),
    });
    const turns = await inTurns(turn, { warmUps, atLeast: turnsEach });
    const ratioTo = (which: 'plain' | 'emmett') =>
      typical(turns.map((one) => one.ours.confirmedPerSecond / one[which].confirmedPerSecond));
    return [
      {
        what: `orders confirmed per second / those of the ${plain.name}`,
        ...ratioTo('plain'),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.33 },
      },
      {
        what: `orders confirmed per second / those of ${emmett.name}`,
        ...ratioTo('emmett'),
        unit: 'ratio',
        target: { bound: 'at least', value: 1.4 },
      },
      ...(await told(
        ours,
        turns.map(({ ours }) => ours),
        windowMs,
        { target: { bound: 'at most', value: 0 } },
      )),
      ...(await told(
        plainPeer,
        turns.map(({ plain }) => plain),
        windowMs,
      )),
      ...(await told(
        emmettPeer,
        turns.map(({ emmett }) => emmett),
        windowMs,
      )),
    ];
  },
};

/** What a peer came to in its rushes, and then in trouble; `none` is the target of what there should be none of. */
async function told(
  peer: Peer,
  rushes: readonly RushOfPeer[],
  windowMs: number,
  none: Pick<Measurement, 'target'> = {},
): Promise<readonly Measurement[]> {
  const { name } = peer;
  const over = (value: (rush: RushOfPeer) => number) => typical(rushes.map(value));
  const memory = peer.use().proportionalMb;
  const confirmed = await confirmedOf(peer, wanted, there);
  const { lost, undecided, apart } = await afterCrash(peer, windowMs);
  const passedOver = rushes.reduce((sum, rush) => sum + rush.undecided, 0);
  return [
    { what: `${name}: orders confirmed`, ...over((rush) => rush.confirmedPerSecond), unit: 'per second' },
    { what: `${name}: POST to confirmed, p50`, ...over(({ times }) => nearestRank(times, 0.5)), unit: 'ms' },
    { what: `${name}: POST to confirmed, p99`, ...over(({ times }) => nearestRank(times, 0.99)), unit: 'ms' },
    { what: `${name}: CPU of an order, app and store`, ...over(({ cpuMsEach }) => cpuMsEach), unit: 'ms' },
    { what: `${name}: memory of app and store, shared pages once`, value: memory, unit: 'MB' },
    { what: `${name}: never decided in those rushes`, value: passedOver, unit: 'orders', ...none },
    { what: `${name}: confirmed of ${wanted} orders for ${there} pieces`, value: confirmed, unit: 'orders' },
    { what: `${name}: oversold of them`, value: Math.max(0, confirmed - there), unit: 'units', ...none },
    { what: `${name}: acknowledged, and lost by a SIGKILL`, value: lost, unit: 'orders', ...none },
    { what: `${name}: never decided after it`, value: undecided, unit: 'orders', ...none },
    { what: `${name}: pieces by which stock and orders disagree after it`, value: apart, unit: 'units', ...none },
  ];
}
