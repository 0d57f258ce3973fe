import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { type ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { type ImportReport, importFile, productFile } from '../rigs/clients/product-file.ts';
import type { Problem, Product, Shop, Stock } from '../rigs/clients/shop.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { openShop } from './open-shop.ts';

let shop: Shop;
let manager: ApiClient;

beforeEach(async () => {
  shop = openShop();
  manager = await shop.as('manager');
});

const products = () => shop.all<Product>('/api/v1/products');
const counts = ({ created, changed, unchanged, refused }: ImportReport) => [created, changed, unchanged, refused];

/** What became of each line: its number, its SKU, its outcome, and why. */
const outcomes = ({ lines }: ImportReport) =>
  lines.map(({ line, sku, outcome, reason }) => [line, sku, outcome, ...(reason === undefined ? [] : [reason.type])]);

async function imported(file: string, options: Parameters<typeof importFile>[2] = {}): Promise<ImportReport> {
  return bodyOf(await importFile(manager, file, options), 200);
}

describe('importing products', () => {
  it('an import creates every product of a CSV file, and its stock', async () => {
    const report = await imported(productFile(120));
    expect(counts(report)).toEqual([120, 0, 0, 0]);
    expect(report.lines.map(({ line }) => line)).toEqual(Array.from({ length: 120 }, (_, n) => n + 2));
    const made = await products();
    expect(made).toHaveLength(120);
    const tenth = made.find(({ sku }) => sku === 'P-10');
    expect(tenth).toEqual({
      id: report.lines[9]?.id,
      sku: 'P-10',
      name: 'Product 10',
      description: '',
      category: 'Things',
      price: 10,
      quantity: 10,
      status: 'active',
      version: 1,
    });
    await eventually(async () => {
      const stock = await shop.all<Stock>('/api/v1/inventory');
      expect(stock.map(({ itemId, onHand }) => `${itemId} ${onHand}`).sort()).toEqual(
        Array.from({ length: 120 }, (_, n) => `P-${n + 1} ${n + 1}`).sort(),
      );
    });
  });

  it('an import takes JSON lines as well', async () => {
    const lines = [
      { sku: 'A', name: 'Lamp', price: 19.95, quantity: 3, description: 'Warm,\n"bright"' },
      { sku: 'B', name: 'Chair', price: 40, category: 'Seats' },
    ];
    const file = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
    expect(outcomes(await imported(file, { type: 'application/x-ndjson' }))).toEqual([
      [1, 'A', 'created'],
      [2, 'B', 'created'],
    ]);
    expect(await products()).toMatchObject([lines[1], lines[0]]);
  });

  it('an import reports the result of each line', async () => {
    await imported('sku,name,price,category\nSAME,Same,5,C\nOTHER,Other,5,C\nGONE,Gone,5,C\n');
    const gone = (await products()).find(({ sku }) => sku === 'GONE');
    bodyOf(await manager.delete(`/api/v1/products/${gone?.id}`), 200);
    const report = await imported(
      [
        '\ufeffname,sku,price,quantity',
        'Same,SAME,5.00,99',
        'Changed,OTHER,6,',
        'Gone,GONE,7,1',
        '"New, and ""quoted""",NEW,1,1',
        '',
        'Again,NEW,2,1',
        'Wrong,WRONG,cheap,1',
        'Short,SHORT',
      ].join('\r\n'),
    );
    expect(counts(report)).toEqual([1, 1, 1, 4]);
    expect(outcomes(report)).toEqual([
      [2, 'SAME', 'unchanged'],
      [3, 'OTHER', 'changed'],
      [4, 'GONE', 'refused', '/problems/product-archived'],
      [5, 'NEW', 'created'],
      [7, 'NEW', 'refused', '/problems/duplicate-sku'],
      [8, 'WRONG', 'refused', '/problems/invalid-line'],
      [9, undefined, 'refused', '/problems/invalid-line'],
    ]);
    const now = new Map((await products()).map((product) => [product.sku, product]));
    expect([...now.keys()].sort()).toEqual(['NEW', 'OTHER', 'SAME']);
    expect(now.get('OTHER')).toMatchObject({ name: 'Changed', price: 6, category: 'C', version: 2 });
    expect(now.get('NEW')?.name).toBe('New, and "quoted"');
  });

  it('a repeated import changes nothing', async () => {
    await imported(productFile(60));
    const before = await products();
    const again = await imported(productFile(60));
    expect([counts(again), await products()]).toEqual([[0, 0, 60, 0], before]);
    expect(counts(await imported(productFile(60, 12)))).toEqual([0, 60, 0, 0]);
  });

  it('an import repeated under its Idempotency-Key gets the first answer, whatever has changed since', async () => {
    const idempotencyKey = randomUUID();
    const first = await imported(productFile(60), { idempotencyKey });
    bodyOf(await manager.patch(`/api/v1/products/${first.lines[0]?.id}`, { price: 11 }), 200);
    expect(await imported(productFile(60), { idempotencyKey })).toEqual(first);
    expect((await products()).find(({ sku }) => sku === 'P-1')?.price).toBe(11);
    const { status, body } = await importFile<Problem>(manager, productFile(61), { idempotencyKey });
    expect([status, body.type]).toEqual([422, '/problems/idempotency-key-reused']);
    expect(await products()).toHaveLength(60);
  });

  it('two concurrent imports create each product once', async () => {
    const [one, other] = await Promise.all([imported(productFile(100)), imported(productFile(100))]);
    expect(one.created + other.created).toBe(100);
    expect(one.lines.map(({ id }) => id)).toEqual(other.lines.map(({ id }) => id));
    expect(await products()).toHaveLength(100);
  });

  it.each([
    ['text/csv', 'sku;name;price\nA;Lamp;1\n', 422, 'invalid-header'],
    ['text/csv', 'sku,name\nA,Lamp\n', 422, 'invalid-header'],
    ['text/csv', 'sku,name,price\nA,"Lamp,1\n', 400, 'broken-csv'],
    ['text/csv', 'sku,name,price\n', 422, 'invalid-body'],
    ['text/csv', '', 422, 'invalid-header'],
    ['application/x-ndjson', '\n', 422, 'invalid-body'],
    ['application/json', '[]', 415, 'unsupported-media-type'],
    ['text/csv', productFile(10_001), 422, 'invalid-body'],
    ['text/csv', `sku,name,price\n${'x'.repeat(10 * 1024 * 1024)}`, 413, 'body-too-large'],
  ])('an invalid import file of type %s imports nothing: %.20j', async (type, file, status, problem) => {
    const answer = await importFile<Problem>(manager, file, { type });
    expect([answer.status, answer.body.type]).toEqual([status, `/problems/${problem}`]);
    expect(await products()).toEqual([]);
  });

  it('only managers can import products', async () => {
    const { status } = await importFile(await shop.as('sales'), productFile(1));
    expect(status).toBe(403);
  });
});
