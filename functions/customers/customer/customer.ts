import { z } from 'zod';
import {
  type ConsentState,
  Consents,
  CustomerCreated,
  CustomerDeleted,
  CustomerFollowedUp,
  CustomerInteractionLogged,
  CustomerKind,
  type CustomerPart,
  CustomerSource,
  CustomerStatus,
  CustomerTag,
  CustomerUpdated,
} from '../../../shared/events/contracts/customers.ts';
import { defineAggregate, reject } from '../../../shared/model/aggregate.ts';
import { rejectAbsent } from '../../../shared/model/rejection.ts';

/** That somebody of the staff has to come back to something. */
export const FollowUp = z.object({ interactionId: z.string(), by: z.string(), followUpAt: z.iso.datetime() });
export type FollowUp = z.infer<typeof FollowUp>;

/**
 * The record of a customer, without anything that says who it is: that is in `Profile` and the other documents of the boundary, and
 * goes when the customer does. What is left then is the id, and that they are erased.
 */
export const CustomerState = z.object({
  customerId: z.string(),
  kindOf: CustomerKind,
  source: CustomerSource,
  status: CustomerStatus.or(z.literal('erased')),
  tags: z.array(CustomerTag),
  consents: Consents,
  /** What somebody still has to come back to. */
  followUps: z.array(FollowUp),
  createdAt: z.iso.datetime(),
});
export type CustomerState = z.infer<typeof CustomerState>;

const mostFollowUps = 50;

/** What begins a record. */
export function begin(customer: Parameters<typeof CustomerCreated>[0], tags: readonly string[] = []) {
  const created = CustomerCreated(customer);
  const { customerId } = customer;
  if (tags.length === 0) return [created];
  return [created, CustomerUpdated({ customerId, changed: ['tags'], status: 'active', tags: [...tags], consents: {} })];
}

/** What of a record may be changed to; what is not named stays. */
interface Change {
  readonly status?: CustomerStatus;
  readonly tags?: readonly string[] | undefined;
  readonly consents?: Consents;
  readonly isProfileChanged?: boolean;
}

/** Changing it to what it is already changes nothing. @throws Rejection customer-erased */
export function change(customer: CustomerState, wish: Change) {
  const status = statusOf(customer);
  const { customerId, tags, consents } = customer;
  const next = {
    status: wish.status ?? status,
    tags: [...(wish.tags ?? tags)],
    consents: wish.consents ?? consents,
  };
  const isChanged: Record<CustomerPart, boolean> = {
    profile: wish.isProfileChanged ?? false,
    tags: next.tags.join() !== tags.join(),
    consents: wish.consents !== undefined,
    status: next.status !== status,
  };
  const changed = (Object.keys(isChanged) as CustomerPart[]).filter((part) => isChanged[part]);
  return changed.length === 0 ? [] : [CustomerUpdated({ customerId, changed, ...next })];
}

/** @throws Rejection customer-erased */
export function consent(customer: CustomerState, purpose: string, decided: ConsentState) {
  if (customer.consents[purpose] === decided) return [];
  return change(customer, { consents: { ...customer.consents, [purpose]: decided } });
}

/** @throws Rejection customer-erased, too-many-follow-ups */
export function logged(
  customer: CustomerState,
  told: Omit<Parameters<typeof CustomerInteractionLogged>[0], 'customerId'>,
) {
  const { customerId } = customer;
  statusOf(customer);
  if (told.followUpAt !== undefined && customer.followUps.length >= mostFollowUps)
    throw reject('too-many-follow-ups', `${mostFollowUps} are open for this customer: tick one off first`);
  return [CustomerInteractionLogged({ customerId, ...told })];
}

/** Ticking off what nobody has to come back to any more changes nothing. @throws Rejection customer-erased */
export function followedUp(
  customer: CustomerState,
  { interactionId, by, at }: Omit<Parameters<typeof CustomerFollowedUp>[0], 'customerId'>,
) {
  const { customerId, followUps } = customer;
  statusOf(customer);
  const isOpen = followUps.some((open) => open.interactionId === interactionId);
  return isOpen ? [CustomerFollowedUp({ customerId, interactionId, by, at })] : [];
}

/** Who is gone is gone once. */
export function remove({ customerId, status }: CustomerState) {
  return status === 'erased' ? [] : [CustomerDeleted({ customerId })];
}

/** The status of a customer who is there. @throws Rejection customer-erased */
export function statusOf({ customerId, status }: CustomerState): CustomerStatus {
  if (status === 'erased') throw reject('customer-erased', `the customer ${customerId} was deleted`);
  return status;
}

/** For whoever reads, a customer who is erased is none. @throws Rejection (404) */
export function refuseErased({ customerId, status }: CustomerState): void {
  if (status === 'erased') throw rejectAbsent(`there is no customer ${customerId}`);
}

export const Customer = defineAggregate({
  kind: 'customer',
  state: CustomerState,
  events: [CustomerCreated, CustomerUpdated, CustomerInteractionLogged, CustomerFollowedUp, CustomerDeleted],
  begin: {
    [CustomerCreated.type]: ({ data: { kind: kindOf, ...data } }): CustomerState => ({
      ...data,
      kindOf,
      status: 'active',
      tags: [],
      consents: {},
      followUps: [],
    }),
  },
  evolve: {
    [CustomerUpdated.type]: (customer, { data: { status, tags, consents } }): CustomerState => ({
      ...customer,
      status,
      tags,
      consents,
    }),
    [CustomerInteractionLogged.type](customer, { data: { interactionId, by, followUpAt } }): CustomerState {
      if (followUpAt === undefined) return customer;
      return { ...customer, followUps: [...customer.followUps, { interactionId, by, followUpAt }] };
    },
    [CustomerFollowedUp.type]: (customer, { data: { interactionId } }): CustomerState => ({
      ...customer,
      followUps: customer.followUps.filter((open) => open.interactionId !== interactionId),
    }),
    [CustomerDeleted.type]: ({ customerId, kindOf, source, createdAt }): CustomerState => ({
      customerId,
      kindOf,
      source,
      createdAt,
      status: 'erased',
      tags: [],
      consents: {},
      followUps: [],
    }),
  },
});

/** Everything of one customer, so that it changes together and is erased as a whole. */
export function customerBoundary(customerId: string): string {
  return `customer:${customerId}`;
}
