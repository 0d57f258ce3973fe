import { z } from 'zod';
import { defineLookup } from './define-lookup.ts';

/** Whether a customer wants something at this moment; nothing of one who is in no record, or deleted. */
export const ConsentOfCustomer = defineLookup({
  name: 'consent-of-customer',
  input: z.strictObject({ customerId: z.string().min(1).max(128), purpose: z.string().min(1).max(40) }),
  output: z.strictObject({ isGranted: z.boolean() }),
});
