import { cutText } from '../cut-text.ts';
import { GatheredLines } from './gathered-lines.ts';

/** What a log line says besides its message: identifiers and counts, never a token, a password or a body. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

const output = new GatheredLines((text) => process.stdout.write(text));

/** Writes one JSON object a line: warnings and errors to standard error at once, the rest to standard output. */
export function jsonLog(now: () => Date): Log {
  const lineOf = (level: 'info' | 'warn' | 'error', message: string, fields?: LogFields) =>
    `${JSON.stringify({ time: now().toISOString(), level, message, ...fields })}\n`;
  return {
    info: (message, fields) => output.add(lineOf('info', message, fields)),
    warn: (message, fields) => process.stderr.write(lineOf('warn', message, fields)),
    error: (message, fields) => process.stderr.write(lineOf('error', message, fields)),
  };
}

/** Some errors quote what they are about, which may be of any size. */
const longestErrorText = 4_000;

/** An error in a few words, for a log field. */
export function errorText(error: unknown): string {
  return cutText(error instanceof Error ? `${error.name}: ${error.message}` : String(error), longestErrorText);
}
