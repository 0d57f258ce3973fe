import type { Settings } from '../../../shared/settings/settings.ts';

/** Makes one thing of the settings, and keeps it as long as they are: a provider has its client, which has its tokens. */
export function oneFor<T>(make: (settings: Settings) => T): (settings: Settings) => T {
  const made = new WeakMap<Settings, T>();
  return (settings) => {
    const known = made.get(settings);
    if (known !== undefined) return known;
    const fresh = make(settings);
    made.set(settings, fresh);
    return fresh;
  };
}
