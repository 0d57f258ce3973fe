import { z } from 'zod';
import { defineLookup } from './define-lookup.ts';

/** How a customer is reached and addressed as staff have noted it, or they themselves; nothing of one who is deleted. */
export const ContactOfCustomer = defineLookup({
  name: 'contact-of-customer',
  input: z.strictObject({ customerId: z.string().min(1).max(128) }),
  output: z.strictObject({
    email: z.string().max(254).optional(),
    /** In the form of E.164. */
    telephone: z.string().max(16).optional(),
    name: z.string().max(200).optional(),
    /** The language that they want to be written to in (BCP 47), where that is known. */
    locale: z.string().max(35).optional(),
  }),
});
