import { defineService } from '../../shared/capabilities/define-service.ts';
import { consentOfCustomer } from './consent/consent-of-customer.ts';
import { setConsent } from './consent/set-consent.ts';
import { contactOfCustomer } from './contact/contact-of-customer.ts';
import { blockCustomer } from './customer/block-customer.ts';
import { changeCustomer } from './customer/change-customer.ts';
import { customerDirectory } from './customer/customer-directory.ts';
import { findCustomers } from './customer/find-customers.ts';
import { getCustomer } from './customer/get-customer.ts';
import { registerCustomer } from './customer/register-customer.ts';
import { unblockCustomer } from './customer/unblock-customer.ts';
import { welcomeCustomer } from './customer/welcome-customer.ts';
import { deleteCustomer } from './erasing/delete-customer.ts';
import { eraseCustomerRecord, eraseDeletedCustomer } from './erasing/erase-customer.ts';
import { customerExamples } from './examples.ts';
import { exportCustomer } from './export/export-customer.ts';
import { countOrders } from './figures/count-orders.ts';
import { countTillPurchases } from './figures/count-till-purchases.ts';
import { finishFollowUp } from './interaction/finish-follow-up.ts';
import { followUps } from './interaction/follow-ups.ts';
import { interactionIndexes } from './interaction/interaction.ts';
import { listFollowUps } from './interaction/list-follow-ups.ts';
import { listInteractions } from './interaction/list-interactions.ts';
import { logInteraction } from './interaction/log-interaction.ts';
import { customerProblems } from './problems.ts';
import { customerSettings } from './settings.ts';
import { tenantCustomers } from './tenant-customers.ts';

export const customers = defineService({
  name: 'customers',
  summary: 'Who the customers are, what was said with them, what they consented to and what they have bought.',
  problems: customerProblems,
  settings: customerSettings,
  examples: customerExamples,
  indexes: interactionIndexes,
  capabilities: [
    registerCustomer,
    findCustomers,
    getCustomer,
    changeCustomer,
    blockCustomer,
    unblockCustomer,
    logInteraction,
    listInteractions,
    listFollowUps,
    finishFollowUp,
    setConsent,
    exportCustomer,
    deleteCustomer,
    welcomeCustomer,
    countOrders,
    countTillPurchases,
    eraseCustomerRecord,
    eraseDeletedCustomer,
    customerDirectory,
    followUps,
    contactOfCustomer,
    tenantCustomers,
    consentOfCustomer,
  ],
});
