import { z } from 'zod';
import { defineProjection } from '../../shared/model/projection.ts';

/** Whose SKU it is: two products that want the same one want to create the same document. */
export const SkuClaim = defineProjection({ kind: 'sku', state: z.object({ productId: z.string() }) });
