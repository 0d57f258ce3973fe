import { z } from 'zod';
import { ConsentPurpose } from '../../shared/events/contracts/customers.ts';
import { list } from '../../shared/settings/list-setting.ts';
import { serviceSettings } from '../../shared/settings/service-settings.ts';
import { CallingCode } from '../../shared/telephone.ts';

/** What can be set of customers. */
export const customerSettings = serviceSettings({
  CUSTOMER_PURPOSES: list
    .pipe(z.array(ConsentPurpose))
    .prefault('marketing')
    .describe('What customers are asked to consent to, separated by commas; campaigns go by marketing'),
  CUSTOMER_CALLING_CODE: CallingCode.default('49').describe(
    'The country of telephone numbers that are typed without one: its calling code',
  ),
});
