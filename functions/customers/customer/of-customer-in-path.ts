import type { z } from 'zod';
import { Customer, customerBoundary } from './customer.ts';
import { CustomerPath } from './customer-path.ts';
import { CustomerRecordView, recordViewOf } from './customer-view.ts';

/** What a command on the customer in the path decides on, and what it shows: the record, without what is personal. */
export const ofCustomerInPath = {
  params: CustomerPath,
  of: Customer,
  at: ({ params: { id } }: { readonly params: z.output<typeof CustomerPath> }) => ({
    boundary: customerBoundary(id),
    id,
  }),
  view: [CustomerRecordView, recordViewOf] as const,
};
