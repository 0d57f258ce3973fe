import { z } from 'zod';
import { nameable, Sku } from '../../shared/events/contracts/identifiers.ts';
import type { FileLine } from '../../shared/file-line.ts';
import { Rejection, rejectContent, rejectInvalid } from '../../shared/model/rejection.ts';
import { MoneyText } from '../../shared/money.ts';
import { type LineOutcome, refused } from './import-report.ts';
import { ProductFields, StartingQuantity } from './product-fields.ts';

const { description, category } = ProductFields.shape;

/** A product as a line of JSON has it. What is left out stays as it is, or is empty for a new product. */
const ProductInValues = ProductFields.extend({
  sku: nameable(Sku),
  description: description.optional(),
  category: category.optional(),
  quantity: StartingQuantity.optional(),
});

/** The same where everything is text; an empty quantity is one that is left out. */
const ProductInTexts = ProductInValues.extend({
  price: MoneyText,
  quantity: z
    .string()
    .regex(/^\d*$/, { error: 'is no whole number', abort: true })
    .transform((text) => (text === '' ? undefined : Number(text)))
    .pipe(StartingQuantity.optional())
    .optional(),
});

/** The columns of a CSV file: every field of a line, required where it is. */
export const productColumns = {
  required: ['sku', 'name', 'price'],
  optional: ['description', 'category', 'quantity'],
} as const;

/** A product of a file, and the line that it is on. */
export type ImportedProduct = z.output<typeof ProductInValues> & { readonly line: number };

/** The products of a file, and what becomes of the lines that have none to take. */
export interface FileContent {
  readonly products: readonly ImportedProduct[];
  readonly refused: readonly LineOutcome[];
}

/** Of several lines with one SKU the first that has a product counts. */
export function readLines(lines: readonly FileLine[]): FileContent {
  const products = new Map<string, ImportedProduct>();
  const refusals: LineOutcome[] = [];
  for (const line of lines) {
    try {
      const product = productOn(line);
      const before = products.get(product.sku);
      if (before !== undefined)
        throw rejectContent('duplicate-sku', `line ${before.line} has the SKU ${product.sku}, too`);
      products.set(product.sku, product);
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      refusals.push(refused(line.line, skuOn(line), error));
    }
  }
  return { products: [...products.values()], refused: refusals };
}

/** @throws Rejection invalid-line where the line has no product. */
function productOn(line: FileLine): ImportedProduct {
  if ('broken' in line) throw rejectContent('invalid-line', `The line ${line.broken}.`);
  const result = 'texts' in line ? ProductInTexts.safeParse(line.texts) : ProductInValues.safeParse(line.values);
  if (!result.success) throw rejectInvalid('line', result.error);
  return { ...result.data, line: line.line };
}

function skuOn(line: FileLine): string | undefined {
  if ('broken' in line) return undefined;
  return Sku.safeParse('texts' in line ? line.texts.sku : line.values.sku).data;
}
