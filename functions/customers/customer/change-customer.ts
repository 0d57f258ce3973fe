import { isDeepStrictEqual } from 'node:util';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../shared/http/answer.ts';
import { patchOf } from '../../../shared/http/patch-body.ts';
import { rejectForbidden } from '../../../shared/model/rejection.ts';
import { claimContacts } from '../contact/claim-contacts.ts';
import { contactsBesides, contactsOf } from '../contact/contact.ts';
import { freeContacts, freeContactsAtOnce } from '../contact/free-contacts.ts';
import { change, customerBoundary } from './customer.ts';
import { CustomerPath, refuseOthers } from './customer-path.ts';
import { CustomerView, viewWithFigures } from './customer-view.ts';
import { loadCustomer } from './load-customer.ts';
import { ProfileFields, Tags, withFields } from './profile.ts';

const { name, email, phone, address, language } = ProfileFields;

const ChangeCustomer = patchOf({
  name,
  email: email.nullable(),
  phone: phone.nullable(),
  address: address.nullable(),
  language: language.nullable(),
  tags: Tags,
}).meta({
  id: 'ChangeCustomer',
  description: 'What is named is changed, at least one; what is null is cleared (a JSON Merge Patch)',
  example: { phone: '+49 30 7654321' },
});

/**
 * New contacts are claimed before the profile has them, and what it has no more is freed after; what was claimed for somebody who is
 * deleted in between is freed again.
 */
export const changeCustomer = endpoint({
  name: 'change-customer',
  summary: 'Changes what is known of a customer; customers change what is known of themselves, save the tags',
  method: 'PATCH',
  route: 'customers/{id}',
  roles: ['customer', 'sales', 'manager'],
  forOthers: ['sales', 'manager'],
  params: CustomerPath,
  body: ChangeCustomer,
  answers: { 200: CustomerView },
  headers: ['etag'],
  problems: ['customer-exists', 'customer-erased', 'precondition-failed'],
  async handle({ params: { id }, body: { tags, ...typed }, ifMatch, caller, isForOneself, ...context }) {
    refuseOthers({ caller, isForOneself }, id);
    if (isForOneself && tags !== undefined) throw rejectForbidden('tags are given by staff: leave them out');
    const { reader, settings, unitOfWork } = context;
    const { customer, profile } = await loadCustomer(unitOfWork(customerBoundary(id)), id);
    const before = profile.current ?? {};
    const next = withFields(before, typed, settings);
    if (customer.state.status === 'erased') await freeContactsAtOnce(contactsOf(next), id, unitOfWork);
    const isProfileChanged = !isDeepStrictEqual(next, before);
    const events = change(customer.state, { tags, isProfileChanged });
    if (events.length > 0) {
      ifMatch(customer.version);
      await claimContacts(contactsBesides(next, before), id, { ...context, tellsWhose: !isForOneself });
      customer.record(events);
      if (isProfileChanged) profile.put(next);
      await freeContacts(contactsBesides(before, next), id, unitOfWork);
    }
    const { state, version } = customer;
    return ok(await viewWithFigures(reader, { state, version, beside: profile.current }), version);
  },
});
