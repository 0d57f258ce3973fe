import { z } from 'zod';
import { SettingsInForce, SettingsUpdated, usualSettings } from '../events/contracts/tenant-settings.ts';
import { defineProjection } from '../model/projection.ts';
import type { Reader } from '../persistence/reading/reader.ts';
import type { Settings } from '../settings/settings.ts';
import { type Subscriber, subscriber } from './subscriber.ts';

/** Some keys of the settings, by their parts. */
export type SettingKeys = { readonly [Part in keyof SettingsInForce]?: readonly (keyof SettingsInForce[Part])[] };

/** What the environment says of some of them. */
export type SettingDefaults = { readonly [Part in keyof SettingsInForce]?: Partial<SettingsInForce[Part]> };

type InForce<Keys extends SettingKeys> = {
  readonly [Part in keyof Keys & keyof SettingsInForce]: Keys[Part] extends readonly (infer Key)[]
    ? Pick<SettingsInForce[Part], Key & keyof SettingsInForce[Part]>
    : never;
};

/** What tells of a service's settings without their types. */
export interface TenantSettingsFollower {
  readonly word: 'tenant-settings';
  /** The capability's name. */
  readonly name: string;
  readonly follows: SettingKeys;
  readonly byDefault: (settings: Settings) => SettingDefaults;
  readonly subscribers: readonly Subscriber[];
}

/** The settings that tenants have, as a service follows them. */
export interface FollowedSettings<Keys extends SettingKeys> extends TenantSettingsFollower {
  /** What is in force for the tenant of the reader, as it was at some moment of the last second. */
  readonly of: (reader: Reader, settings: Settings) => Promise<InForce<Keys>>;
}

/** A service's copy of all that a tenant has set, as it was told: what no code of today knows is in it, too. */
const Copy = defineProjection({
  kind: 'tenant-settings',
  state: z.object({
    settings: z.looseObject({}),
    /** Of what was told: an older one changes nothing. */
    toldVersion: z.int(),
  }),
});

const place = { boundary: 'settings', id: 'settings' };

/**
 * The settings of a tenant that a service goes by. The service keeps a copy in its own container, from `settings.updated`, and
 * asks nobody: where the tenant has set nothing, or nothing was heard of it yet, what the environment says is in force
 * (`byDefault`), and else what is usual.
 *
 * What is set is in force in every process within moments. Reading it is a point read for each tenant, process and second,
 * so ask where you decide, and beside what else is read there.
 *
 * @example
 * export const tenantOrders = tenantSettings({
 *   name: 'follow-orders-settings',
 *   follows: { orders: ['timeout'] },
 *   byDefault: (settings) => ({ orders: { timeout: durationText(orderSettings.of(settings).ORDER_TIMEOUT) } }),
 * });
 *
 * // in a handler
 * const { orders } = await tenantOrders.of(reader, settings);
 * const expiresAt = later(now, Duration.parse(orders.timeout));
 */
export function tenantSettings<const Keys extends SettingKeys>({
  name,
  follows,
  byDefault = () => ({}),
}: {
  /** The capability's name; also what replays call it, so it never changes. */
  readonly name: string;
  /** The keys that the service's code goes by: docs/tenant-settings.md tells by them what a tenant can set to any effect. */
  readonly follows: Keys;
  readonly byDefault?: (settings: Settings) => SettingDefaults;
}): FollowedSettings<Keys> {
  const schema = z.compile(schemaOf(follows));
  // What the environment says, it says for as long as the process runs.
  const defaults = new WeakMap<Settings, SettingDefaults>();
  const defaultsOf = (settings: Settings) => {
    const said = defaults.get(settings) ?? byDefault(settings);
    defaults.set(settings, said);
    return said;
  };
  return {
    word: 'tenant-settings',
    name,
    follows,
    byDefault,
    subscribers: [followSettings(name)],
    async of(reader, settings) {
      const copy = await reader.readRecent(Copy, place, { orAbsent: true });
      // By a schema of these keys.
      return schema.parse(inParts(usualSettings, defaultsOf(settings), copy?.state.settings ?? {})) as InForce<Keys>;
    },
  };
}

/** What is in force by what each says, the last one first; each may say something of some parts. */
export function settingsInForce(...saying: readonly object[]): SettingsInForce {
  return SettingsInForce.parse(inParts(usualSettings, ...saying));
}

function followSettings(name: string): Subscriber {
  return subscriber({
    name,
    on: SettingsUpdated,
    once: 'by-document',
    projects: [Copy],
    boundary: () => place.boundary,
    async handle({ data: { settings, version: toldVersion } }, work) {
      const copy = await work.load(Copy, place.id);
      if (copy.current === undefined || copy.current.toldVersion < toldVersion) copy.put({ settings, toldVersion });
    },
  });
}

/** Of what is in force, these keys alone. */
function schemaOf(follows: Readonly<Record<string, readonly string[] | undefined>>): z.ZodObject {
  const parts = Object.entries<z.ZodObject>(SettingsInForce.shape).map(([part, { shape }]) => {
    const keys = Object.entries(shape).filter(([key]) => follows[part]?.includes(key));
    return [part, z.object(Object.fromEntries(keys))] as const;
  });
  return z.object(Object.fromEntries(parts.filter(([part]) => part in follows)));
}

function inParts(...saying: readonly object[]): Readonly<Record<string, object>> {
  const parts: Record<string, object> = {};
  for (const said of saying) for (const [part, keys] of Object.entries(said)) parts[part] = { ...parts[part], ...keys };
  return parts;
}
