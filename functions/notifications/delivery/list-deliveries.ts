import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { listBoundary } from '../../../shared/capabilities/list-boundary.ts';
import { CustomerId } from '../../../shared/events/contracts/identifiers.ts';
import { ok } from '../../../shared/http/answer.ts';
import { continuationOf, PageQuery, pageOf } from '../../../shared/http/paging.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { recipientBoundary } from '../inbox/notification.ts';
import { Channel } from '../templates/channel.ts';
import { contactOf } from './contact-of.ts';
import { type DeliveryQuestion, deliveriesOfAll, type FoundDelivery } from './deliveries-of-all.ts';
import { type DeliveryState, DeliveryStatus } from './delivery.ts';
import { deliveriesBy } from './delivery-events.ts';
import { DeliveryView, viewOf } from './delivery-view.ts';

export const listDeliveries = endpoint({
  name: 'list-deliveries',
  summary:
    'Lists the e-mails and text messages of notifications, newest first: what became of each, and not what it says',
  method: 'GET',
  route: 'deliveries',
  roles: ['operator', 'manager'],
  query: PageQuery.extend({
    recipient: CustomerId.optional().describe('Whose they are'),
    status: DeliveryStatus.optional(),
    channel: Channel.optional(),
  }),
  answers: { 200: pageOf(DeliveryView) },
  problems: ['invalid-continuation'],
  async handle({ query: { recipient, ...question }, reader, lookup }) {
    const { items, ...rest } =
      recipient === undefined
        ? await deliveriesOfAll(reader, question)
        : await deliveriesOf(recipient, reader, question);
    const recipients = [...new Set(items.map(({ state }) => state.recipientId))];
    const contacts = await Promise.all(recipients.map((recipientId) => contactOf(recipientId, lookup)));
    const contactFor = ({ recipientId }: DeliveryState) => contacts[recipients.indexOf(recipientId)] ?? 'gone';
    return ok({ items: items.map(({ state, channel }) => viewOf(state, channel, contactFor(state))), ...rest });
  },
});

/** Those of one person, likewise: those by each channel, side by side. Their ids are of one form, so one position is good in each list. */
async function deliveriesOf(recipientId: string, reader: Reader, { status, channel, ...paging }: DeliveryQuestion) {
  const where = status === undefined ? {} : { status };
  const lists = (channel === undefined ? Channel.options : [channel]).map(async (by) => {
    const boundary = recipientBoundary(recipientId);
    const page = await listBoundary(reader, deliveriesBy(by), boundary, { ...paging, where }, { order: 'descending' });
    return { ...page, items: page.items.map(({ state }): FoundDelivery => ({ channel: by, state })) };
  });
  const pages = await Promise.all(lists);
  const all = pages.flatMap(({ items }) => items).toSorted((one, other) => (idOf(one) < idOf(other) ? 1 : -1));
  const items = all.slice(0, paging.limit);
  const last = items.at(-1);
  const isLast = all.length <= paging.limit && pages.every(({ continuation }) => continuation === undefined);
  return last === undefined || isLast ? { items } : { items, continuation: continuationOf({ after: idOf(last) }) };
}

function idOf({ state }: FoundDelivery): string {
  return state.deliveryId;
}
