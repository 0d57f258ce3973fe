import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { CustomerId } from '../../../shared/events/contracts/identifiers.ts';
import { ok } from '../../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../../shared/http/paging.ts';
import { FollowUp } from '../customer/customer.ts';
import { Instant } from '../instants.ts';
import { asText, followUps, followUpsBoundary } from './follow-ups.ts';

const FollowUpQuery = PageQuery.extend({
  by: z.string().min(1).max(200).optional().describe('Only what this member of the staff has to come back to'),
  due: Instant.optional().describe('Only what is due by then'),
});

const CustomerToFollowUp = z
  .object({ customerId: CustomerId, followUps: z.array(FollowUp) })
  .meta({ id: 'CustomerToFollowUp', description: 'A customer to whom somebody has to come back, and for what' });

export const listFollowUps = endpoint({
  name: 'list-follow-ups',
  summary: 'Lists the customers to whom somebody has to come back, the most pressing first',
  method: 'GET',
  route: 'follow-ups',
  roles: ['sales', 'manager'],
  query: FollowUpQuery,
  answers: { 200: pageOf(CustomerToFollowUp) },
  problems: ['invalid-continuation'],
  async handle({ query: { by, due, ...paging }, reader }) {
    const where = { by: by === undefined ? undefined : { containing: asText([by]) }, followUpAt: { atMost: due } };
    const { items, ...rest } = await followUps.list(reader, followUpsBoundary, { ...paging, where });
    const isWanted = (open: FollowUp) =>
      (by === undefined || open.by === by) && (due === undefined || open.followUpAt <= due);
    const wanted = items.map(({ state: { customerId, followUps: open } }) => ({
      customerId,
      followUps: open.filter(isWanted).toSorted((one, other) => one.followUpAt.localeCompare(other.followUpAt)),
    }));
    return ok({ items: wanted.filter((customer) => customer.followUps.length > 0), ...rest });
  },
});
