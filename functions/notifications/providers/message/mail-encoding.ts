/** A line of a body has at most 76 characters, the soft break at its end included (RFC 2045, section 6.7). */
const longestLine = 76;
/** An encoded word has at most 75 characters (RFC 2047, section 2): its frame leaves room for 60 of base64, which are 45 bytes. */
const bytesInWord = 45;
/** A line of a header should have no more than 78 characters; the name of the header is one of them. */
const longestPlain = 60;

/** A header's value: as it is where it is short and printable, else encoded words. So no line break in it ends the header. */
export function encodedHeader(text: string): string {
  if (text.length <= longestPlain && /^[\x20-\x7e]*$/.test(text) && !text.includes('=?')) return text;
  return encodedWords(text);
}

function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > bytesInWord) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((one) => `=?utf-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ');
}

/** The name before an address: as it is where it needs no quotes (RFC 5322, section 3.2.3), else encoded words. */
export function displayName(name: string): string {
  return /^[A-Za-z0-9 ]{1,60}$/.test(name) ? name : encodedWords(name);
}

/** A text as quoted-printable in UTF-8: printable ASCII stays readable. Line breaks of any kind become those of mails. */
export function quotedPrintable(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(encodedLine)
    .join('\r\n');
}

function encodedLine(line: string): string {
  const lines: string[] = [];
  let sofar = '';
  const bytes = Buffer.from(line);
  for (const [index, byte] of bytes.entries()) {
    const encoded = isPlain(byte, index === bytes.length - 1) ? String.fromCharCode(byte) : hexOf(byte);
    if (sofar.length + encoded.length >= longestLine) {
      lines.push(`${sofar}=`);
      sofar = '';
    }
    sofar += encoded;
  }
  return [...lines, sofar].join('\r\n');
}

/** A space at the end of a line might be lost on the way. */
function isPlain(byte: number, isLast: boolean): boolean {
  return byte === 0x20 ? !isLast : byte > 0x20 && byte < 0x7f && byte !== 0x3d;
}

function hexOf(byte: number): string {
  return `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
