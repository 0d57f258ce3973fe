import { z } from 'zod';

/** The path of a route about one product. */
export const ProductPath = z.object({ id: z.uuid() });
