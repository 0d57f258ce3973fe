import { rejectContent } from '../../../shared/model/rejection.ts';
import type { Reader } from '../../../shared/persistence/reading/reader.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import { tenantCustomers } from '../tenant-customers.ts';

/** @throws Rejection unknown-purpose */
export async function refuseUnknownPurpose(
  purpose: string,
  { reader, settings }: { readonly reader: Reader; readonly settings: Settings },
): Promise<void> {
  const { customers } = await tenantCustomers.of(reader, settings);
  if (customers.purposes.includes(purpose)) return;
  const known = customers.purposes.join(', ') || 'nothing';
  throw rejectContent('unknown-purpose', `nobody is asked about ${purpose}: there is ${known}`);
}
