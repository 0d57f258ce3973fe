import { Problem } from '../problems/problem.ts';

/**
 * The bytes of a body as text, by the `charset` of its type, UTF-8 where it names none. A byte order mark is left out.
 *
 * @throws Problem 415 for a charset that is not known, 400 for bytes that are no text in it: they would be stored as U+FFFD.
 */
export function decodeText(bytes: Uint8Array, contentType: string): string {
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  const decoder = decoderOf(charset);
  try {
    return decoder.decode(bytes);
  } catch {
    // What decode throws says no more than that there are such bytes.
    throw new Problem(
      400,
      'invalid-encoding',
      `The body is no text in ${decoder.encoding}. Send it in UTF-8, or name its charset, such as "text/csv; charset=windows-1252".`,
    );
  }
}

function decoderOf(charset: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(charset, { fatal: true });
  } catch {
    // A RangeError, which says that the label is not one of https://encoding.spec.whatwg.org/#names-and-labels
    throw new Problem(415, 'unsupported-media-type', `The charset ${charset.slice(0, 40)} is not known: send UTF-8.`);
  }
}
