import type { RpcLogCategory, RpcLogLevel } from './app/rpc.ts';

/** One line of the log, from the host itself or from a function. */
export interface HostLogEntry {
  readonly level: RpcLogLevel;
  /** `user`: written through `context.log`. `system`: by the programming model. `host`: by this host. */
  readonly category: 'user' | 'system' | 'host';
  readonly message: string;
  readonly functionName?: string;
  readonly invocationId?: string;
}

/** Where the host's parts write. */
export type HostLog = (entry: HostLogEntry) => void;

/** Levels of host.json (`Information`) in the order of severity, by the names the worker uses. */
export const severity: Readonly<Record<RpcLogLevel, number>> = {
  trace: 0,
  debug: 1,
  information: 2,
  warning: 3,
  error: 4,
  critical: 5,
  none: 6,
};

/**
 * Keeps what host.json's `logging.logLevel` lets through: the longest category that the entry's category starts with
 * decides, then `default`, then Information. Errors always pass: a failure that nobody sees is worse than a long log.
 *
 * Categories as the real host names them: `Function.<name>.User` and `Function.<name>` for functions, `Host` for itself
 * (https://learn.microsoft.com/azure/azure-functions/configure-monitoring#configure-categories).
 */
export function atLevels(levels: Readonly<Record<string, RpcLogLevel>>, log: HostLog): HostLog {
  const prefixes = Object.keys(levels).sort((a, b) => b.length - a.length);
  return (entry) => {
    const category = categoryOf(entry);
    const prefix = prefixes.find((name) => category === name || category.startsWith(`${name}.`));
    const least = (prefix === undefined ? levels.default : levels[prefix]) ?? 'information';
    if (severity[entry.level] >= Math.min(severity[least], severity.error)) log(entry);
  };
}

/** Which of the log's categories a line of the app or of the programming model has. */
export function categoryOfApp(category: RpcLogCategory): HostLogEntry['category'] {
  return category === 'user' ? 'user' : 'system';
}

function categoryOf({ category, functionName }: HostLogEntry): string {
  if (functionName === undefined) return 'Host';
  return category === 'user' ? `Function.${functionName}.User` : `Function.${functionName}`;
}

/** Writes each entry as one line of text: warnings and worse to stderr, the rest to stdout. */
export function logToConsole(entry: HostLogEntry): void {
  const stream = severity[entry.level] >= severity.warning ? process.stderr : process.stdout;
  stream.write(`${asText(entry)}\n`);
}

/** `error    place-order: out of reach (invocation 5f2c…)` */
export function asText({ level, functionName, message, invocationId }: HostLogEntry): string {
  const where = functionName ?? 'host';
  const invocation =
    invocationId !== undefined && severity[level] >= severity.error ? ` (invocation ${invocationId})` : '';
  return `${level.padEnd(11)} ${where}: ${message}${invocation}`;
}
