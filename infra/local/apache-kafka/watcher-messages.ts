import { z } from 'zod';

/** What the watcher is started with, as its only argument. */
export const WatcherTask = z.object({
  jars: z.string(),
  propertiesFile: z.string(),
  logFile: z.string(),
  isForSpeed: z.boolean(),
});
export type WatcherTask = z.output<typeof WatcherTask>;

/** What it tells: that the node takes requests, or that it is gone, and its last words. */
export const FromWatcher = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started') }),
  z.object({ type: z.literal('ended'), lastWords: z.string() }),
]);
export type FromWatcher = z.output<typeof FromWatcher>;

/** What it is told: a signal for the node. */
export const ToWatcher = z.object({ signal: z.enum(['SIGTERM', 'SIGKILL']) });
export type ToWatcher = z.output<typeof ToWatcher>;
