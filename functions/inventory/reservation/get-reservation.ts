import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { Location } from '../../../shared/events/contracts/identifiers.ts';
import { ReservedLine } from '../../../shared/events/contracts/inventory.ts';
import { ok } from '../../../shared/http/answer.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';
import { locationBoundary, mainLocation } from '../location.ts';
import { Reservation } from './reservation.ts';

const ReservationView = z
  .object({
    orderId: z.uuid(),
    location: Location,
    state: z.enum(['held', 'refused', 'released', 'shipped']),
    items: z.array(ReservedLine),
  })
  .meta({ id: 'Reservation', description: 'What is held for an order, or what became of it' });

export const getReservation = endpoint({
  name: 'get-reservation',
  summary: 'Reads what is held for an order, or what became of it',
  method: 'GET',
  route: 'reservations/{orderId}',
  roles: ['sales', 'warehouse'],
  params: z.object({ orderId: z.uuid() }),
  query: z.strictObject({ location: Location.default(mainLocation) }),
  answers: { 200: ReservationView },
  headers: ['etag'],
  async handle({ params: { orderId }, query: { location }, reader }) {
    const reservation = await reader.read(Reservation, { boundary: locationBoundary(location), id: orderId });
    if (reservation === undefined) throw rejectAbsent(`nothing is known of order ${orderId} at ${location}`);
    const { status: state, lines: items } = reservation.state;
    return ok({ orderId, location, state, items }, reservation.version);
  },
});
