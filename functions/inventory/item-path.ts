import { z } from 'zod';
import { Sku } from '../../shared/events/contracts/identifiers.ts';

/** The path of a route about one item. */
export const ItemPath = z.object({ itemId: Sku });
