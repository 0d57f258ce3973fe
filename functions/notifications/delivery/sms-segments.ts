/** A text message goes out in so many parts at most: each is paid for. */
export const mostSegments = 3;

/** The alphabet of GSM, each letter seven bits. Source: 3GPP TS 23.038, section 6.2.1 */
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Letters that take an escape before them, so two places. Source: 3GPP TS 23.038, section 6.2.1.1 */
const extended = new Set('\f^{}\\[~]|€');

/** How much one part holds alone, and how much where it has to say which part it is. */
const sevenBit = { alone: 160, among: 153 };
const sixteenBit = { alone: 70, among: 67 };

/**
 * In how many parts a text message goes out: 160 letters of the alphabet of GSM in one, or 153 in each of several; with any other letter
 * 70 and 67, in units of UTF-16. Neither an escape and its letter nor the two units of a letter are cut apart.
 *
 * Source: 3GPP TS 23.040, section 9.2.3.24.1
 */
export function smsSegments(text: string): number {
  const letters = [...text];
  const places = letters.map(placesInAlphabet);
  return places.includes(undefined)
    ? segments(
        letters.map(({ length }) => length),
        sixteenBit,
      )
    : segments(
        places.map((place = 0) => place),
        sevenBit,
      );
}

function placesInAlphabet(letter: string): number | undefined {
  if (extended.has(letter)) return 2;
  return basic.has(letter) ? 1 : undefined;
}

function segments(places: readonly number[], { alone, among }: typeof sevenBit): number {
  if (places.reduce((sum, count) => sum + count, 0) <= alone) return 1;
  let parts = 1;
  let used = 0;
  for (const count of places) {
    if (used + count > among) {
      parts += 1;
      used = 0;
    }
    used += count;
  }
  return parts;
}
