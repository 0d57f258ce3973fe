import type { Service } from '../capabilities/define-service.ts';
import { SettingsError } from '../settings/settings.ts';

/**
 * The services that an app runs: the named ones, or all where none is named.
 *
 * @throws SettingsError when a name is no service's.
 */
export function enabledServices(services: readonly Service[], names: readonly string[]): readonly Service[] {
  const known = services.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new SettingsError(`ENABLED_SERVICES names ${unknown.join(', ')}; the services are ${known.join(', ')}`);
  }
  return names.length === 0 ? services : services.filter(({ name }) => names.includes(name));
}
