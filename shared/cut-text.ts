/**
 * The beginning of a text that may be of any length, with a mark where the rest is missing. Halves of characters, which not
 * every store takes, become U+FFFD.
 */
export function cutText(text: string, mostCharacters: number): string {
  if (text.length <= mostCharacters) return text.toWellFormed();
  return `${text.slice(0, mostCharacters).toWellFormed()} … (${text.length} characters in all)`;
}
