import { z } from 'zod';
import { Money } from '../../shared/money.ts';

/** What people say about a product, by whatever way they say it. */
export const ProductFields = z.strictObject({
  name: z.string().min(1).max(200),
  description: z.string().max(4_000),
  category: z.string().max(100),
  price: Money,
});

/** The stock that a product starts with. */
export const StartingQuantity = z.int().min(0).max(1_000_000);
