import { z } from 'zod';

/** The path of a route about one user. */
export const UserPath = z.object({ id: z.uuid() });
