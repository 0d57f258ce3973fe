import { app } from '@azure/functions';

interface Wish {
  readonly customerId: string;
  readonly items: readonly { readonly itemId: string; readonly quantity: number }[];
}

/** What a function costs that reads JSON and answers with JSON, and checks nothing. */
export function registerBare(): void {
  app.http('bare', {
    methods: ['POST'],
    route: 'bare',
    authLevel: 'anonymous',
    async handler(request) {
      const { customerId, items } = (await request.json()) as Wish;
      return { jsonBody: { customerId, pieces: items.reduce((sum, { quantity }) => sum + quantity, 0) } };
    },
  });
}
