import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';

/**
 * Whose an address is. It is made before the user is, and holds only the id that the user will have: two who register one
 * address want to create the same document, and whoever finds it without its user creates that user.
 */
export const AddressClaim = defineProjection({ kind: 'claim', state: z.object({ userId: z.string() }) });
