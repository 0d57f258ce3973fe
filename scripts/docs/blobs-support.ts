import { operations } from '../../infra/embedded/blobs/server.ts';
import { markdownTable } from './generated-part.ts';

/** What the embedded blob server supports, from the table by which it works. */
export function blobsSupport(): string {
  return markdownTable(
    ['method, `restype` and `comp`', 'what it does'],
    [...operations].map(([name, { does }]) => [`\`${name}\``, does]),
  );
}
