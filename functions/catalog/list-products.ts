import { z } from 'zod';
import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { listBoundary } from '../../shared/capabilities/list-boundary.ts';
import { ok } from '../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../shared/http/paging.ts';
import { MoneyText } from '../../shared/money.ts';
import { roles } from '../../shared/security/principal.ts';
import { catalogBoundary } from './catalog-boundary.ts';
import { nameKeyOf, Product, ProductStatus } from './product.ts';
import { sortFields } from './product-indexes.ts';
import { ProductView, viewOf } from './product-view.ts';

const ProductQuery = PageQuery.extend({
  category: z.string().normalize('NFC').max(100).optional().describe('The category, as it is written'),
  status: z
    .enum([...ProductStatus.options, 'all'])
    .default('active')
    .describe('Archived products only when asked for'),
  search: z.string().min(1).max(100).optional().describe('A part of the name, in upper or lower case'),
  minPrice: MoneyText.optional().describe('The lowest price'),
  maxPrice: MoneyText.optional().describe('The highest price'),
  sort: z.enum(['name', 'price', 'newest']).default('name').describe('What the products are sorted by'),
  order: z.enum(['asc', 'desc']).optional().describe('By default asc; for newest desc, the newest first'),
}).refine(({ minPrice = 0, maxPrice = minPrice }) => minPrice <= maxPrice, {
  path: ['minPrice'],
  error: 'is more than maxPrice',
});

export const listProducts = endpoint({
  name: 'list-products',
  summary: 'Lists products, filtered and sorted',
  method: 'GET',
  route: 'products',
  roles,
  query: ProductQuery,
  answers: { 200: pageOf(ProductView) },
  problems: ['invalid-continuation'],
  async handle({ query, reader }) {
    const { status, category, search, minPrice, maxPrice, sort, order = sort === 'newest' ? 'desc' : 'asc' } = query;
    const where = {
      status: status === 'all' ? undefined : status,
      category,
      nameKey: search === undefined ? undefined : { containing: nameKeyOf(search) },
      price: { atLeast: minPrice, atMost: maxPrice },
    };
    const sorting = { by: sortFields[sort], order: order === 'asc' ? 'ascending' : 'descending' } as const;
    const { items, ...rest } = await listBoundary(reader, Product, catalogBoundary, { ...query, where }, sorting);
    return ok({ items: items.map(viewOf), ...rest });
  },
});
