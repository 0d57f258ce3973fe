import { cutText } from '../cut-text.ts';

/** What a log line says besides its message: identifiers and counts, never a token, a password or a body. */
export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export interface Log {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** Writes one JSON object a line: warnings and errors to standard error, the rest to standard output. */
export function jsonLog(now: () => Date): Log {
  const write = (level: 'info' | 'warn' | 'error') => (message: string, fields?: LogFields) => {
    const line = `${JSON.stringify({ time: now().toISOString(), level, message, ...fields })}\n`;
    (level === 'info' ? process.stdout : process.stderr).write(line);
  };
  return { info: write('info'), warn: write('warn'), error: write('error') };
}

/** Some errors quote what they are about, which may be of any size. */
const longestErrorText = 4_000;

/** An error in a few words, for a log field. */
export function errorText(error: unknown): string {
  return cutText(error instanceof Error ? `${error.name}: ${error.message}` : String(error), longestErrorText);
}
