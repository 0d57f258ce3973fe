import type { Log } from '../../../shared/telemetry/log.ts';

/** Says nothing: what the kernel would log in these tests is what they provoke. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
