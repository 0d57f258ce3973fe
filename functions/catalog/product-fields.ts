import { z } from 'zod';
import { Money } from '../../shared/money.ts';
import { freeText, line } from '../../shared/text.ts';

/** What people say about a product, by whatever way they say it. */
export const ProductFields = z.strictObject({
  name: line(200),
  description: freeText(4_000),
  category: freeText(100),
  price: Money,
});

/** The stock that a product starts with. */
export const StartingQuantity = z.int().min(0).max(1_000_000);
