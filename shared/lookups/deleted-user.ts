import { z } from 'zod';
import { defineLookup } from './define-lookup.ts';

/** Whether somebody was a user and is deleted: nothing of anybody else, whether they are a user or never were. */
export const DeletedUser = defineLookup({
  name: 'deleted-user',
  input: z.strictObject({ userId: z.string().min(1).max(128) }),
  output: z.strictObject({ isDeleted: z.literal(true) }),
});
