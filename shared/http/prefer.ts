/** What is beyond a day is a day: no route waits for as long. */
const longestSeconds = 86_400;

const wait = /^wait\s*=\s*("?)(\d+)\1\s*(?:;|$)/i;

/**
 * How many seconds a `Prefer` header would have the server wait; nothing, where it asks for none that can be understood: a
 * preference is ignored then, never refused. The first of several counts.
 * Source: https://www.rfc-editor.org/rfc/rfc7240#section-4.3
 *
 * @example
 * preferredWait('respond-async, wait=10'); // 10
 */
export function preferredWait(header: string | null): number | undefined {
  for (const preference of header?.split(',') ?? []) {
    const seconds = wait.exec(preference.trim())?.[2];
    if (seconds !== undefined) return Math.min(Number(seconds), longestSeconds);
  }
  return undefined;
}
