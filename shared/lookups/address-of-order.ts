import { z } from 'zod';
import { defineLookup } from './define-lookup.ts';

/** Where an order is to go, as its customer wrote it; nothing where no address was given, or it was erased with the customer. */
export const AddressOfOrder = defineLookup({
  name: 'address-of-order',
  input: z.strictObject({ orderId: z.string().min(1).max(128) }),
  output: z.strictObject({ deliveryAddress: z.string().min(1).max(2_000) }),
});
