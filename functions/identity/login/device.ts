import { hashOf } from '../../../shared/ids.ts';

/**
 * What tells the devices of one user apart: the kind of program that they use, without its version, hashed with the user. It
 * is no fingerprint: two telephones of one make are one device, and the same program of two users has nothing in common.
 */
export function deviceOf(userId: string, userAgent: string): string {
  return hashOf([userId, userAgent.replaceAll(/[\d._]+/g, '')]).slice(0, 16);
}
