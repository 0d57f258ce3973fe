import { z } from 'zod';
import { defineService } from '../../../shared/capabilities/define-service.ts';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { CustomerId, Quantity, Sku } from '../../../shared/events/contracts/identifiers.ts';
import { ok } from '../../../shared/http/answer.ts';

const Wish = z.strictObject({
  customerId: CustomerId,
  items: z
    .array(z.strictObject({ itemId: Sku, quantity: Quantity }))
    .min(1)
    .max(50),
});

/** The same as the bare function, with all that an endpoint checks; it stores nothing. */
const checked = endpoint({
  name: 'checked',
  summary: 'Adds up the pieces of an order',
  method: 'POST',
  route: '/checked',
  roles: ['sales'],
  body: Wish,
  answers: { 200: z.object({ customerId: CustomerId, pieces: z.int() }) },
  async handle({ body: { customerId, items } }) {
    return ok({ customerId, pieces: items.reduce((sum, { quantity }) => sum + quantity, 0) });
  },
});

export const benchService = defineService({ name: 'bench', summary: 'What is measured.', capabilities: [checked] });
