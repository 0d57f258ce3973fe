import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { InteractionDirection, InteractionKind } from '../../../shared/events/contracts/customers.ts';
import { created } from '../../../shared/http/answer.ts';
import { text } from '../../../shared/text.ts';
import { customerBoundary, logged } from '../customer/customer.ts';
import { CustomerPath } from '../customer/customer-path.ts';
import { loadCustomer } from '../customer/load-customer.ts';
import { Instant, past, refusePast } from '../instants.ts';
import { Interaction, InteractionView, viewOfInteraction } from './interaction.ts';

const LogInteraction = z
  .strictObject({
    kind: InteractionKind,
    direction: InteractionDirection.describe('Who came: `in` is the customer'),
    at: Instant.optional().describe('When it was; now, where nothing is said'),
    text: text(4_000),
    followUpAt: Instant.optional().describe('When somebody has to come back to it'),
  })
  .meta({
    id: 'LogInteraction',
    example: { kind: 'call', direction: 'in', text: 'Asks whether the lamp comes in green' },
  });

export const logInteraction = endpoint({
  name: 'log-interaction',
  summary: 'Notes what staff had to do with a customer, and when to come back to it',
  method: 'POST',
  route: 'customers/{id}/interactions',
  roles: ['sales', 'manager'],
  params: CustomerPath,
  body: LogInteraction,
  answers: { 201: InteractionView },
  problems: ['customer-erased', 'too-many-follow-ups'],
  async handle({ params: { id }, body: { text: said, followUpAt, ...body }, actor: by, now, newId, unitOfWork }) {
    const told = { ...body, at: past(body.at, now), by, ...(followUpAt === undefined ? {} : { followUpAt }) };
    refusePast('followUpAt', followUpAt, now);
    const work = unitOfWork(customerBoundary(id));
    const { customer } = await loadCustomer(work, id);
    const interactionId = newId();
    customer.record(logged(customer.state, { interactionId, ...told }));
    const { kind, ...besides } = told;
    const interaction = { kindOf: kind, ...besides, text: said };
    (await work.load(Interaction, interactionId)).put(interaction);
    return created(`/api/v1/customers/${id}/interactions`, viewOfInteraction(interactionId, interaction));
  },
});
