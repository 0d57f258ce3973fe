import { app } from '@azure/functions';
import { openDatabase } from '../../../shared/persistence/cosmos/cosmos.ts';
import { readSettings } from '../../../shared/settings/settings.ts';

/** What the point read of a product costs, by the same client, where nobody asks who reads and nothing is checked. */
export function registerBareProduct(): void {
  const products = openDatabase(readSettings([])).container('catalog');
  app.http('bare-product', {
    methods: ['GET'],
    route: 'bare/{id}',
    authLevel: 'anonymous',
    async handler(request) {
      const { resource } = await products.item(`product:${request.params.id}`, 'main/catalog').read();
      return { jsonBody: resource };
    },
  });
}
