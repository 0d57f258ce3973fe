import { errors } from 'jose';
import { z } from 'zod';
import { InvalidTokenError } from './token-issuer.ts';

/** What a failed verification means: a token that is not good, or an error of ours, which stays what it is. */
export function asInvalidToken(error: unknown, neededClaims: string): unknown {
  if (error instanceof errors.JOSEError) return new InvalidTokenError(`the token is not valid: ${error.message}`);
  if (error instanceof z.ZodError) return new InvalidTokenError(`the token lacks a claim: ${neededClaims} are needed`);
  return error;
}
