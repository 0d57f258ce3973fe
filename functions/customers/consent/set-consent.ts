import { z } from 'zod';
import { endpoint } from '../../../shared/capabilities/endpoint.ts';
import { ConsentPurpose } from '../../../shared/events/contracts/customers.ts';
import { ok } from '../../../shared/http/answer.ts';
import { line } from '../../../shared/text.ts';
import { consent, customerBoundary, statusOf } from '../customer/customer.ts';
import { CustomerPath, refuseOthers } from '../customer/customer-path.ts';
import { CustomerRecordView, recordViewOf } from '../customer/customer-view.ts';
import { loadCustomer } from '../customer/load-customer.ts';
import { Instant, past } from '../instants.ts';
import { ConsentDecision, countsAfter, type Decision, decisionId, isSame, LastDecisions } from './consent.ts';
import { refuseUnknownPurpose } from './purposes.ts';

const SetConsent = z
  .strictObject({
    granted: z.boolean(),
    source: line(100).describe('By what way we know: a form, a till, a letter'),
    textVersion: line(100).describe('Which text was consented to'),
    at: Instant.optional().describe('When it was decided; now, where nothing is said'),
  })
  .meta({ id: 'SetConsent', example: { granted: true, source: 'web', textVersion: '2026-01' } });

/** Every decision is kept; the one that was made last counts, in whatever order they are noted. */
export const setConsent = endpoint({
  name: 'set-consent',
  summary: 'Notes that a customer consents to something, or does not any more',
  method: 'PUT',
  route: 'customers/{id}/consents/{purpose}',
  roles: ['customer', 'sales'],
  forOthers: ['sales'],
  params: CustomerPath.extend({ purpose: ConsentPurpose }),
  body: SetConsent,
  answers: { 200: CustomerRecordView },
  headers: ['etag'],
  problems: ['unknown-purpose', 'customer-erased'],
  async handle({ params: { id, purpose }, body, actor: by, now, settings, reader, unitOfWork, ...context }) {
    refuseOthers(context, id);
    const { granted, at, source, textVersion } = body;
    const next: Decision = {
      purpose,
      decision: granted ? 'granted' : 'withdrawn',
      at: past(at, now),
      source,
      textVersion,
      by,
      notedAt: now.toISOString(),
    };
    const work = unitOfWork(customerBoundary(id));
    const { customer } = await loadCustomer(work, id);
    statusOf(customer.state);
    const last = await work.load(LastDecisions, id);
    const { decisions } = last.current ?? { decisions: {} };
    const lastOfPurpose = Object.hasOwn(decisions, purpose) ? decisions[purpose] : undefined;
    // What nobody is asked about any more can still be withdrawn.
    if (granted || lastOfPurpose === undefined) await refuseUnknownPurpose(purpose, { reader, settings });
    const isOfNow = at !== next.at;
    if (!isOfNow || !isSame(lastOfPurpose, next)) {
      const noted = await work.load(ConsentDecision, decisionId(next));
      if (!noted.exists) noted.put(next);
      if (countsAfter(lastOfPurpose, next)) {
        last.put({ decisions: { ...decisions, [purpose]: next } });
        customer.record(consent(customer.state, purpose, next.decision));
      }
    }
    const { state, version } = customer;
    return ok(recordViewOf({ state, version }), version);
  },
});
