import { z } from 'zod';
import { defineLookup } from './define-lookup.ts';
import { Telephone } from './telephone.ts';

/** How a user is reached and addressed; nothing of one who is deleted. Who is deactivated may still be told what becomes of their orders. */
export const ContactOfUser = defineLookup({
  name: 'contact-of-user',
  input: z.strictObject({ userId: z.string().min(1).max(128) }),
  output: z.strictObject({
    email: z.string().max(254),
    /** Where they have given one in international form: E.164. */
    telephone: Telephone.optional(),
    /** As they call themselves, as far as they have said so. */
    name: z.string().max(201).optional(),
    /** The language that they want to be written to in (BCP 47), where they have chosen one. */
    locale: z.string().max(35).optional(),
  }),
});
