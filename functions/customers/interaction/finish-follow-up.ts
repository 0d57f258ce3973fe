import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { customerBoundary, followedUp } from '../customer/customer.ts';
import { CustomerPath } from '../customer/customer-path.ts';
import { loadCustomer } from '../customer/load-customer.ts';
import { Interaction, InteractionView, viewOfInteraction } from './interaction.ts';

export const finishFollowUp = endpoint({
  name: 'finish-follow-up',
  summary: 'Ticks off that somebody has to come back to an interaction; ticking it off again changes nothing',
  method: 'POST',
  route: 'customers/{id}/interactions/{interactionId}/followed-up',
  roles: ['sales', 'manager'],
  params: CustomerPath.extend({ interactionId: z.uuid() }),
  answers: { 200: InteractionView },
  problems: ['customer-erased'],
  async handle({ params: { id, interactionId }, actor: by, now, unitOfWork }) {
    const work = unitOfWork(customerBoundary(id));
    const { customer } = await loadCustomer(work, id);
    const events = followedUp(customer.state, { interactionId, by, at: now.toISOString() });
    const interaction = await work.load(Interaction, interactionId);
    if (!interaction.exists) throw rejectAbsent(`there is no interaction ${interactionId} with the customer ${id}`);
    customer.record(events);
    if (events.length > 0) interaction.put({ ...interaction.state, doneAt: now.toISOString() });
    return ok(viewOfInteraction(interactionId, interaction.state));
  },
});
