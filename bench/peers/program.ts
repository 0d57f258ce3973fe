import type { Peer } from './peer.ts';
import { runProgram } from './run-program.ts';
import { untilStill } from './until-still.ts';

/** Longer than a consumer of emmett pauses (a second), or waits for what a crashed one has locked (two). */
const patienceMs = 4_000;

interface StoredOrder {
  readonly id: string;
  readonly items: readonly { readonly quantity: number }[];
  readonly status: string;
  readonly decidedAt?: number;
}

export interface Program {
  readonly name: string;
  /** In the folder of the programs. */
  readonly file: string;
  /** What it sells, more than anybody orders. */
  readonly skus: readonly string[];
}

/** One of the programs, as its routes show it (`programs/desk.mjs`). */
export async function openProgram({ name, file, skus }: Program, postgresPrograms: string): Promise<Peer> {
  const program = await runProgram(file, postgresPrograms);
  const { url } = program;
  const orders = () => ask<StoredOrder[]>(url, '/orders');
  const pending = async () => (await ask<{ count: number }>(url, '/orders/pending')).count;
  const counterFor = (skus: readonly string[]) => ({ url: new URL('/orders', url), token: 'nobody', skus });
  for (const sku of skus) await sell(url, sku, 1_000_000);
  return {
    name,
    counter: counterFor(skus),
    async scarce(pieces) {
      await sell(url, 'SCARCE', pieces);
      return counterFor(['SCARCE']);
    },
    async decided(orderIds) {
      // Only their number, as long as they get fewer: to list them all would be a load of its own.
      await untilStill(pending, (count) => count, patienceMs);
      const byId = new Map((await orders()).map((order) => [order.id, order]));
      const known = orderIds.flatMap((id) => byId.get(id) ?? []);
      const confirmed = known.filter(({ status }) => status === 'confirmed');
      return {
        confirmedAt: new Map(confirmed.map(({ id, decidedAt = Number.NaN }) => [id, decidedAt])),
        lost: orderIds.length - known.length,
        undecided: known.filter(({ status }) => status === 'pending').length,
      };
    },
    async held() {
      const stock = await ask<{ reserved: number }[]>(url, '/stock');
      const confirmed = (await orders()).filter(({ status }) => status === 'confirmed');
      return {
        inStock: sum(stock.map(({ reserved }) => reserved)),
        inOrders: sum(confirmed.flatMap(({ items }) => items.map(({ quantity }) => quantity))),
      };
    },
    crash: program.crash,
    use: program.use,
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}

async function sell(url: string, itemId: string, onHand: number): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(new URL('/stock', url), {
    method: 'PUT',
    headers,
    body: JSON.stringify({ itemId, onHand }),
  });
  if (answer.status !== 200) throw new Error(`PUT /stock was answered ${answer.status}: ${await answer.text()}`);
}

async function ask<Answer>(url: string, path: string): Promise<Answer> {
  const answer = await fetch(new URL(path, url));
  if (answer.status !== 200) throw new Error(`GET ${path} was answered ${answer.status}: ${await answer.text()}`);
  // What the programs answer is in this folder.
  return (await answer.json()) as Answer;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
