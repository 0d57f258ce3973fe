import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { CustomerKind } from '../../../shared/events/contracts/customers.ts';
import { created } from '../../../shared/http/answer.ts';
import { claimForNew } from '../contact/claim-contacts.ts';
import { contactsOf } from '../contact/contact.ts';
import { begin, Customer, customerBoundary } from './customer.ts';
import { CustomerView, viewOf } from './customer-view.ts';
import { Profile, ProfileFields, Tags, withFields } from './profile.ts';

const { name, email, phone, address, language } = ProfileFields;

const RegisterCustomer = z
  .strictObject({
    kind: CustomerKind,
    name,
    email: email.optional(),
    phone: phone.optional(),
    address: address.optional(),
    language: language.optional(),
    tags: Tags.default([]),
    allowDuplicate: z.boolean().default(false).describe('Whether somebody else may have the same address or number'),
  })
  .meta({
    id: 'RegisterCustomer',
    example: { kind: 'person', name: 'Ann Smith', email: 'ann@example.com', phone: '+49 30 1234567' },
  });

/**
 * The contacts are claimed by commits before that of the record, in one order for everybody (`claimForNew`), so that of two who
 * register somebody at once one is told that the other was first.
 */
export const registerCustomer = endpoint({
  name: 'register-customer',
  summary: 'Makes the record of a customer, unless one has that e-mail address or telephone number already',
  method: 'POST',
  route: 'customers',
  roles: ['sales', 'manager'],
  body: RegisterCustomer,
  answers: { 201: CustomerView },
  headers: ['etag'],
  problems: ['customer-exists', 'already-exists'],
  async handle({ body: { kind, tags, allowDuplicate, ...typed }, now, newId, ...context }) {
    const profile = withFields({}, typed, context.settings);
    const claiming = { ...context, now, allowDuplicate, tellsWhose: true };
    const customerId = await claimForNew(contactsOf(profile), newId(), claiming);
    const work = context.unitOfWork(customerBoundary(customerId));
    const customer = await work.expectNew(Customer, customerId);
    customer.record(begin({ customerId, kind, source: 'staff', createdAt: now.toISOString() }, tags));
    const { state, version } = customer;
    (await work.expectNew(Profile, customerId)).put(profile);
    return created(`/api/v1/customers/${customerId}`, viewOf({ state, version, beside: profile }), version);
  },
});
