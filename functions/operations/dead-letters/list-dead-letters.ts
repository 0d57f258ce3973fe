import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { PageQuery, pageOf } from '../../../shared/http/paging.ts';
import { DeadLetterFilter, deadLettersThat } from './dead-letter-list.ts';
import { DeadLetterEntry, entryOf } from './dead-letter-view.ts';
import { placeOfLetters, WhoseLetters } from './whose-letters.ts';

export const listDeadLetters = endpoint({
  name: 'list-dead-letters',
  summary: 'Lists dead letters, newest day first; a filtered page may be short and yet not the last',
  method: 'GET',
  route: 'dead-letters',
  roles: ['operator'],
  query: PageQuery.extend({ ...DeadLetterFilter.shape, ...WhoseLetters.shape }),
  answers: { 200: pageOf(DeadLetterEntry) },
  problems: ['invalid-continuation'],
  needs: ['ofNoTenant'],
  async handle(context) {
    const { limit, continuation, tenant: _, ...filter } = context.query;
    const { reader } = placeOfLetters(context);
    const { items, ...rest } = await deadLettersThat(reader, filter, { limit, continuation });
    return ok({ items: items.map(entryOf), ...rest });
  },
});
