import { z } from 'zod';
import { defineEvent } from '../define-event.ts';
import { CustomerId } from './identifiers.ts';

export const CustomerKind = z.enum(['person', 'company']);
export type CustomerKind = z.infer<typeof CustomerKind>;

/** By what a record began: an account, somebody of the staff, a till, or an order for somebody who was in no record. */
export const CustomerSource = z.enum(['account', 'staff', 'till', 'order']);
export type CustomerSource = z.infer<typeof CustomerSource>;

export const CustomerStatus = z.enum(['active', 'blocked']);
export type CustomerStatus = z.infer<typeof CustomerStatus>;

export const CustomerPart = z.enum(['profile', 'tags', 'consents', 'status']);
export type CustomerPart = z.infer<typeof CustomerPart>;

/**
 * A word that staff sort customers by; it is told to everybody, so it is no place for what is personal. What letters are is no part of
 * the schema that others read: not everybody reads such a pattern.
 */
export const CustomerTag = z
  .string()
  .min(1)
  .max(40)
  .refine((tag) => /^[\p{L}\p{N}._-]*$/u.test(tag), {
    error: 'a tag is one word of letters, digits, dots, underscores or hyphens',
  });

/** What a consent is for, as the settings name it. */
export const ConsentPurpose = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,39}$/, { error: 'a purpose is 1 to 40 lower-case letters, digits or hyphens' });

export const ConsentState = z.enum(['granted', 'withdrawn']);
export type ConsentState = z.infer<typeof ConsentState>;

/** What they want, by purpose; what nobody has decided is not there. */
export const Consents = z.record(ConsentPurpose, ConsentState);
export type Consents = z.infer<typeof Consents>;

export const InteractionKind = z.enum(['call', 'email', 'visit', 'chat', 'complaint', 'note']);
export type InteractionKind = z.infer<typeof InteractionKind>;

export const InteractionDirection = z.enum(['in', 'out']);
export type InteractionDirection = z.infer<typeof InteractionDirection>;

// The first versions were announced with whatever data: what has this shape is taken, anything else is a dead letter.
const asAnnounced = { 1: (data: unknown) => data };
const ofCustomer = {
  topic: 'sales-events' as const,
  subject: ({ customerId }: { customerId: string }) => `customer/${customerId}`,
  partitionKey: ({ customerId }: { customerId: string }) => customerId,
};

export const CustomerCreated = defineEvent({
  type: 'customer.created',
  version: 2,
  description: 'There is a record of a customer; who they are is in the record alone.',
  data: z.object({
    customerId: CustomerId,
    kind: CustomerKind,
    source: CustomerSource,
    createdAt: z.iso.datetime(),
  }),
  upcasters: asAnnounced,
  ...ofCustomer,
});

export const CustomerUpdated = defineEvent({
  type: 'customer.updated',
  version: 2,
  description: 'The record of a customer changed: which parts, and what of it everybody may know.',
  data: z.object({
    customerId: CustomerId,
    changed: z.array(CustomerPart).min(1),
    /** After the change, as tags and consents are. */
    status: CustomerStatus,
    tags: z.array(CustomerTag),
    consents: Consents,
  }),
  upcasters: asAnnounced,
  ...ofCustomer,
});

const interaction = { customerId: CustomerId, interactionId: z.string().min(1) };

export const CustomerInteractionLogged = defineEvent({
  type: 'customer.interaction.logged',
  version: 2,
  description: 'Somebody of the staff had to do with a customer; what was said is in the record alone.',
  data: z.object({
    ...interaction,
    kind: InteractionKind,
    direction: InteractionDirection,
    at: z.iso.datetime(),
    by: z.string().min(1),
    /** When somebody has to come back to it. */
    followUpAt: z.iso.datetime().optional(),
  }),
  upcasters: asAnnounced,
  ...ofCustomer,
});

export const CustomerFollowedUp = defineEvent({
  type: 'customer.followed.up',
  version: 1,
  description: 'What somebody had to come back to is done.',
  data: z.object({ ...interaction, by: z.string().min(1), at: z.iso.datetime() }),
  ...ofCustomer,
});

export const CustomerDeleted = defineEvent({
  type: 'customer.deleted',
  version: 1,
  description: 'A customer is gone, with or without an account: whoever holds something personal of them erases it.',
  data: z.object({ customerId: CustomerId }),
  ...ofCustomer,
});
