import { z } from 'zod';

/** A stock keeping unit. Part of document ids, so without the characters that those may not contain. */
export const Sku = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, { error: 'a SKU is 1 to 64 letters, digits, dots, underscores or hyphens' })
  .meta({ description: 'Stock keeping unit' });

/** A place that holds stock: a warehouse, a shop. */
export const Location = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}$/, { error: 'a location is 1 to 64 letters, digits, dots, underscores or hyphens' })
  .meta({ description: 'Place that holds stock' });

/** Who orders; the `sub` of their token where they have one. */
export const CustomerId = z
  .string()
  .regex(/^[A-Za-z0-9._@|:-]{1,128}$/, { error: 'a customer id is 1 to 128 letters, digits or . _ @ | : -' })
  .meta({ description: 'Who orders' });

/**
 * The same where somebody gives it to a new thing: neither `.` nor `..`, since no path can name what is called so
 * (https://url.spec.whatwg.org/#single-dot-path-segment). Events that have such a one are read.
 */
export function nameable<Identifier extends z.ZodType<string>>(identifier: Identifier): Identifier {
  return identifier.refine((id) => id !== '.' && id !== '..', { error: 'is a dot or two, which no path can name' });
}

/** Whole pieces, as an order or a receipt of goods counts them. */
export const Quantity = z.int().min(1).max(10_000).meta({ description: 'Whole pieces' });
