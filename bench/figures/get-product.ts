import path from 'node:path';
import { bodyOf } from '../../tests/rigs/clients/api-client.ts';
import type { Product } from '../../tests/rigs/clients/shop.ts';
import { startStack } from '../../tests/rigs/stack/start-stack.ts';
import type { Figure } from '../figure.ts';
import { inTurns } from '../in-turns.ts';
import { answersPerSecond } from '../load/answers-per-second.ts';
import { jsonRequest } from '../load/http-request.ts';
import { median } from '../median.ts';
import { running } from '../running.ts';

const appDir = path.resolve(import.meta.dirname, '../apps/catalog');
const clients = 16;
const turnsEach = 6;

/**
 * Reading a product by its id against a bare function that does the same point read by the same client, in the same app on
 * the same host, called in turns; the ratio is the median over the turns. What is between the two: token, rate, headers,
 * log, the schemas of document and answer.
 */
export const getProductFigure: Figure = {
  key: 'h',
  title: 'a product that is read, against a bare function with the same point read',
  async measure({ windowMs }) {
    const stack = await startStack({ env: { APP_DIR: appDir, ENABLED_SERVICES: 'catalog' } });
    await using _ = running(() => stack.stop());
    const api = await stack.as('admin');
    const wish = {
      name: 'Desk lamp',
      description: 'Warm light, bends where it is needed',
      category: 'Light',
      price: 50,
    };
    const { id } = bodyOf(await api.post<Product>('/api/v1/products', wish), 201);
    const token = await stack.token('admin');
    const perSecond = (route: string, forMs: number) => {
      const url = new URL(route, stack.url);
      return answersPerSecond({ url, request: jsonRequest('GET', url, token), clients, windowMs: forMs });
    };
    const bare = (forMs: number) => perSecond(`/bare/${id}`, forMs);
    const ours = (forMs: number) => perSecond(`/api/v1/products/${id}`, forMs);

    await bare(windowMs / 2);
    await ours(windowMs / 2);
    const turn = async () => ({ bare: await bare(windowMs / turnsEach), ours: await ours(windowMs / turnsEach) });
    const turns = await inTurns(turn, { atLeast: turnsEach });
    return [
      {
        what: 'GET of a product / bare function',
        value: median(turns.map((turn) => turn.ours / turn.bare)),
        unit: 'ratio',
        target: { bound: 'at least', value: 0.8 },
      },
      { what: 'GET of a product', value: median(turns.map((turn) => turn.ours)), unit: 'per second' },
      { what: 'bare function', value: median(turns.map((turn) => turn.bare)), unit: 'per second' },
    ];
  },
};
