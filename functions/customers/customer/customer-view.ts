import { z } from 'zod';
import { Consents, CustomerKind, CustomerSource, CustomerStatus } from '../../../shared/events/contracts/customers.ts';
import { CustomerId } from '../../../shared/events/contracts/identifiers.ts';
import { SignedMinorUnits } from '../../../shared/money.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import { Figures, type FiguresState, noFigures } from '../figures/figures.ts';
import { type CustomerState, customerBoundary } from './customer.ts';
import type { ProfileState } from './profile.ts';

const ProfileView = z
  .object({
    name: z.string().optional(),
    email: z.string().optional(),
    phone: z.string().optional().describe('In the form of E.164'),
    address: z.string().optional(),
    language: z.string().optional(),
  })
  .meta({ id: 'CustomerProfile', description: 'All that is personal about a customer, save what was said' });

const Spent = z.codec(z.number(), SignedMinorUnits, {
  decode: (amount) => Math.round(amount * 100),
  encode: (minor) => minor / 100,
});

const figures = z.object({
  orders: z.int().describe('Orders that were confirmed and not taken back'),
  spent: Spent.describe('What they and the tills come to, less what was taken back'),
  lastPurchaseAt: z.iso.datetime().optional(),
});

const record = {
  id: CustomerId,
  kind: CustomerKind,
  source: CustomerSource.describe('By what the record began'),
  status: CustomerStatus,
  tags: z.array(z.string()),
  consents: Consents.describe('By purpose; what nobody has decided is not there'),
  createdAt: z.iso.datetime(),
  version: z.int().describe('Counts the changes; the `ETag`'),
};

/** A customer without what is personal, and without what they have bought. */
export const CustomerRecordView = z
  .object(record)
  .meta({ id: 'CustomerRecord', description: 'What a change has made of the record of a customer' });

/** A customer as staff see them, and as they see themselves. */
export const CustomerView = z.object({ ...record, profile: ProfileView.optional(), figures }).meta({
  id: 'Customer',
  description: 'A customer: what is known of them, what they consented to, and what they have bought',
  example: {
    id: '01a20947-a59f-76f9-837c-cc7d43945ad1',
    kind: 'person',
    source: 'staff',
    status: 'active',
    profile: { name: 'Ann Smith', email: 'ann@example.com', phone: '+49301234567' },
    tags: ['regular'],
    consents: { marketing: 'granted' },
    figures: { orders: 1, spent: 2524.98, lastPurchaseAt: '2026-11-22T10:00:00.000Z' },
    createdAt: '2026-11-22T09:00:00.000Z',
    version: 3,
  },
});
export type CustomerView = z.output<typeof CustomerView>;

interface Shown {
  readonly state: CustomerState;
  readonly version: number;
  readonly beside?: ProfileState | undefined;
}

/** @throws Error for one who is erased: whoever shows customers leaves those out. */
export function recordViewOf({ state, version }: Omit<Shown, 'beside'>): z.output<typeof CustomerRecordView> {
  const { customerId: id, kindOf: kind, status, followUps: _, ...customer } = state;
  if (status === 'erased') throw new Error(`the customer ${id} is erased, and shown to nobody`);
  return { id, kind, status, ...customer, version };
}

/** @throws Error as `recordViewOf` does. */
export function viewOf({ beside, ...shown }: Shown, bought: FiguresState = noFigures): CustomerView {
  return { ...recordViewOf(shown), ...(beside === undefined ? {} : { profile: beside }), figures: bought };
}

/** The same with what they have bought. */
export async function viewWithFigures(reader: Reader, shown: Shown): Promise<CustomerView> {
  const { customerId: id } = shown.state;
  return viewOf(shown, (await reader.read(Figures, { boundary: customerBoundary(id), id }))?.state);
}
