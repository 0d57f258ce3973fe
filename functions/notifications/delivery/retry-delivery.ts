import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { contactOf } from './contact-of.ts';
import { DeliveryEntry, entryOf } from './delivery-entry.ts';
import { deliveriesBy, retried } from './delivery-events.ts';
import { DeliveryId } from './delivery-id.ts';
import { DeliveryView, viewOf } from './delivery-view.ts';

/** It is found by the list of all, so within moments after it was made. */
export const retryDelivery = endpoint({
  name: 'retry-delivery',
  summary: 'Has a delivery sent now that has failed, or that waits for its next attempt',
  method: 'POST',
  route: 'deliveries/{id}/retry',
  roles: ['operator'],
  params: z.object({ id: DeliveryId }),
  answers: { 200: DeliveryView },
  problems: ['already-sent'],
  async handle({ params: { id }, reader, unitOfWork, lookup, now }) {
    const entry = await reader.read(DeliveryEntry, entryOf(id));
    if (entry === undefined) throw rejectAbsent(`there is no delivery ${id}`);
    const { recipientId, channel } = entry.state;
    const delivery = await unitOfWork(recipientBoundary(recipientId)).load(deliveriesBy(channel), id);
    delivery.record(retried(delivery.state, channel, now));
    return ok(viewOf(delivery.state, channel, await contactOf(recipientId, lookup)));
  },
});
