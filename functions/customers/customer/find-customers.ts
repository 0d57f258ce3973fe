import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { CustomerStatus, CustomerTag } from '../../../shared/events/contracts/customers.ts';
import { ok } from '../../../shared/http/answer.ts';
import { pageOf } from '../../../shared/http/paging.ts';
import { line } from '../../../shared/text.ts';
import { customerDirectory, customersBoundary } from './customer-directory.ts';
import { CustomerView, viewWithFigures } from './customer-view.ts';
import { soughtIn, tagsAsText } from './search-text.ts';

const FindCustomers = z
  .strictObject({
    text: line(100).optional().describe('A part of the name, of the e-mail address or of the telephone number'),
    tag: CustomerTag.optional(),
    status: CustomerStatus.optional(),
    limit: z.int().min(1).max(100).default(50).describe('How many items at most'),
    continuation: z.string().max(2_000).optional().describe('The `continuation` of the page before'),
  })
  .meta({ id: 'FindCustomers', example: { text: 'ann' } });

/** Whom somebody looks for is personal, and URLs end in logs: so it is in the body, with where the list goes on. */
export const findCustomers = endpoint({
  name: 'find-customers',
  summary: 'Finds customers by a part of their name, e-mail address or telephone number, by tag or status, by name',
  method: 'POST',
  route: 'customers/search',
  roles: ['sales', 'manager'],
  body: FindCustomers,
  answers: { 200: pageOf(CustomerView) },
  problems: ['invalid-continuation'],
  async handle({ body: { text, tag, status, ...paging }, reader }) {
    const where = {
      status,
      tags: tag === undefined ? undefined : { containing: tagsAsText([tag]) },
      text: text === undefined ? undefined : { containing: soughtIn(text) },
    };
    const { items, ...rest } = await customerDirectory.list(reader, customersBoundary, { ...paging, where });
    return ok({ items: await Promise.all(items.map((found) => viewWithFigures(reader, found))), ...rest });
  },
});
