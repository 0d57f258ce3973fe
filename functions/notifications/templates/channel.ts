import { z } from 'zod';

/** A way on which somebody is told something besides their inbox. */
export const Channel = z.enum(['email', 'sms']);
export type Channel = z.infer<typeof Channel>;
