import { etagOf } from '../../http/answer.ts';
import { rejectPrecondition } from '../../model/rejection.ts';

/** @throws Rejection (412) when the caller's `If-Match` (RFC 9110, section 13.1.1) does not name this version. */
export function checkIfMatch(header: string | null, version: number): void {
  if (header === null || header.trim() === '*') return;
  const tags = header.split(',').map((tag) => tag.trim());
  if (!tags.includes(etagOf(version)))
    throw rejectPrecondition(`it is at version ${etagOf(version)}, not ${header}: read it again`);
}
