import path from 'node:path';
import { bodyOf } from '../../tests/rigs/clients/api-client.ts';
import type { Product } from '../../tests/rigs/clients/shop.ts';
import { startStack } from '../../tests/rigs/stack/start-stack.ts';
import type { Figure } from '../figure.ts';
import { besideBare } from '../load/beside-bare.ts';
import { jsonRequest } from '../load/http-request.ts';
import { running } from '../running.ts';

const appDir = path.resolve(import.meta.dirname, '../apps/beside');

/**
 * Reading a product by its id against a bare function that does the same point read by the same client, in the same app on
 * the same host, side by side; the ratio is the median over the pairs. What is between the two: token, rate, headers,
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
    const get = (route: string) => jsonRequest('GET', new URL(route, stack.url), token);
    return await besideBare({
      url: stack.url,
      name: 'GET of a product',
      ours: get(`/api/v1/products/${id}`),
      bare: get(`/bare/${id}`),
      target: { bound: 'at least', value: 0.8 },
      windowMs,
    });
  },
};
