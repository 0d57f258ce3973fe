import { expect, it } from 'vitest';
import { crc32c } from './crc32c.ts';

// RFC 3720, appendix B.4, as numbers (the RFC prints the bytes in wire order).
it.each([
  ['32 bytes of zeros', Buffer.alloc(32), 0x8a9136aa],
  ['32 bytes of ones', Buffer.alloc(32, 0xff), 0x62a8ab43],
  ['32 incrementing bytes', Buffer.from([...Array(32).keys()]), 0x46dd794e],
  ['the check string, which is not a multiple of eight', Buffer.from('123456789'), 0xe3069283],
])('the CRC-32C of %s is the published one', (_, bytes, expected) => {
  expect(crc32c(bytes)).toBe(expected);
});

it('a CRC-32C covers only the requested part of the bytes', () => {
  expect(crc32c(Buffer.from('xx123456789yy'), 2, 11)).toBe(0xe3069283);
});
