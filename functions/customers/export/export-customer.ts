import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { Decision } from '../consent/consent.ts';
import { FollowUp } from '../customer/customer.ts';
import { CustomerPath, refuseOthers } from '../customer/customer-path.ts';
import { CustomerView, viewWithFigures } from '../customer/customer-view.ts';
import { readCustomer } from '../customer/read-customer.ts';
import { InteractionView } from '../interaction/interaction.ts';
import { allDecisions, allInteractions } from './read-all.ts';

const CustomerExport = z
  .object({
    customer: CustomerView,
    followUps: z.array(FollowUp),
    consents: z.array(Decision).describe('Every decision that was ever noted, by purpose and time'),
    interactions: z.array(InteractionView).describe('The oldest first'),
  })
  .meta({ id: 'CustomerExport', description: 'Everything that is kept of a customer' });

export const exportCustomer = endpoint({
  name: 'export-customer',
  summary: 'Answers everything that is kept of a customer; customers ask for their own',
  method: 'GET',
  route: 'customers/{id}/export',
  roles: ['customer', 'manager'],
  forOthers: ['manager'],
  params: CustomerPath,
  answers: { 200: CustomerExport },
  async handle({ params: { id }, reader, ...context }) {
    refuseOthers(context, id);
    const found = await readCustomer(reader, id);
    const [customer, consents, interactions] = await Promise.all([
      viewWithFigures(reader, found),
      allDecisions(reader, id),
      allInteractions(reader, id),
    ]);
    return ok({ customer, followUps: found.state.followUps, consents, interactions });
  },
});
