import type { HostLog } from '../log.ts';
import type { Hooks } from './hooks.ts';
import type { RpcLogCategory, RpcLogLevel } from './rpc.ts';

/** What a log hook sees; it may change level and message. */
export interface AppLogRecord {
  level: RpcLogLevel;
  message: string;
  readonly category: RpcLogCategory;
  readonly appHookData: object;
  readonly hookData: object;
  readonly invocationContext?: unknown;
  readonly functionName?: string;
  readonly invocationId?: string;
}

/**
 * Passes a line through the app's log hooks and writes it. A hook's changes count for the app's own lines only
 * (worker source, WorkerContext.ts).
 */
export function writeAppLog(hooks: Hooks, log: HostLog, record: AppLogRecord): void {
  const { level, message, functionName, invocationId, ...forHook } = record;
  const seen = { ...forHook, level, message };
  hooks.runLog(seen);
  const isUser = record.category === 'user';
  log({
    level: isUser ? seen.level : level,
    category: isUser ? 'user' : 'system',
    message: isUser ? seen.message : message,
    ...(functionName === undefined ? {} : { functionName }),
    ...(invocationId === undefined ? {} : { invocationId }),
  });
}
