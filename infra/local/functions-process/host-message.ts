import { z } from 'zod';

/** What the Functions host tells its parent (functions-host/main.ts). */
export const HostMessage = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), url: z.string() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type HostMessage = z.output<typeof HostMessage>;
