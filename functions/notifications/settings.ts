import { serviceSettings } from '../../shared/settings/service-settings.ts';
import { providerSettings, refuseHalfAProvider } from './providers/provider-settings.ts';

/** What can be set of notifications. */
export const notificationSettings = serviceSettings(providerSettings, (own, _, complain) =>
  refuseHalfAProvider(own, complain),
);
