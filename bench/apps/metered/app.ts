// Lagerhaus as it is, with a meter at its Cosmos client and a route that reads the meter.
import { app } from '@azure/functions';
import { Charges } from './charges.ts';
import { meterCosmos } from './meter-cosmos.ts';

const charges = new Charges();
meterCosmos(charges);
app.http('charges', {
  methods: ['GET'],
  route: 'charges',
  authLevel: 'anonymous',
  handler: () => ({ jsonBody: charges.all }),
});
await import('../../../functions/app.ts');
