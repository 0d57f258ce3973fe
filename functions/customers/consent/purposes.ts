import { rejectContent } from '../../../shared/model/rejection.ts';
import type { Settings } from '../../../shared/settings/settings.ts';
import { customerSettings } from '../settings.ts';

/** @throws Rejection unknown-purpose */
export function refuseUnknownPurpose(purpose: string, settings: Settings): void {
  const { CUSTOMER_PURPOSES: purposes } = customerSettings.of(settings);
  if (!purposes.includes(purpose))
    throw rejectContent(
      'unknown-purpose',
      `nobody is asked about ${purpose}: there is ${purposes.join(', ') || 'nothing'}`,
    );
}
