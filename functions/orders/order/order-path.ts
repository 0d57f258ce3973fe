import { z } from 'zod';

/** The path of a route about one order. */
export const OrderPath = z.object({ id: z.uuid() });
