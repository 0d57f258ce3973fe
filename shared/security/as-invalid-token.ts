import { errors } from 'jose';
import { z } from 'zod';
import { InvalidTokenError } from './token-issuer.ts';

/** Its signature is another's, of no key that is known, or none. */
const signsOfForgery = [errors.JWSSignatureVerificationFailed, errors.JWKSNoMatchingKey, errors.JOSEAlgNotAllowed];

/** What a failed verification means: a token that is not good, or an error of ours, which stays what it is. */
export function asInvalidToken(error: unknown, neededClaims: string): unknown {
  if (error instanceof errors.JOSEError) {
    const isForged = signsOfForgery.some((sign) => error instanceof sign);
    return new InvalidTokenError(`the token is not valid: ${error.message}`, { isForged });
  }
  if (error instanceof z.ZodError) return new InvalidTokenError(`the token lacks a claim: ${neededClaims} are needed`);
  return error;
}
