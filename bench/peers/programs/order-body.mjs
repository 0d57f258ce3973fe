/** What an order says, as both programs check it: what does not fit is answered 400 by Fastify. */
export const orderBody = {
  type: 'object',
  required: ['customerId', 'items'],
  additionalProperties: false,
  properties: {
    customerId: { type: 'string', minLength: 1, maxLength: 64 },
    items: {
      type: 'array',
      minItems: 1,
      maxItems: 50,
      items: {
        type: 'object',
        required: ['itemId', 'quantity'],
        additionalProperties: false,
        properties: {
          itemId: { type: 'string', minLength: 1, maxLength: 64 },
          quantity: { type: 'integer', minimum: 1, maximum: 10_000 },
        },
      },
    },
  },
};
