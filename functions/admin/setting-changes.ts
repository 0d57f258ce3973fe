import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { TenantSettings } from '../../shared/events/contracts/tenant-settings.ts';
import { rejectContent } from '../../shared/model/rejection.ts';
import { Duration, durationText } from '../../shared/settings/duration.ts';

/** A key with what it was and what it is now; `null` is what holds by default. */
export const SettingChange = z.object({ key: z.string(), from: z.json(), to: z.json() });
export type SettingChange = z.infer<typeof SettingChange>;

type Value = SettingChange['to'];

/** By parts and keys what is set, or is to change: `null` puts a key, or all of a part, back to its default. */
type Parts = Readonly<Record<string, Readonly<Record<string, Value | undefined>> | null | undefined>>;

/** What a patch changes of what a tenant has set; nothing of what is so already. */
export function changesOf(own: TenantSettings, patch: Parts): SettingChange[] {
  const before = byKey(own);
  return [...byKey(wishOf(own, patch))]
    .map(([key, to]) => ({ key, from: before.get(key) ?? null, to }))
    .filter(({ from, to }) => !isDeepStrictEqual(from, to));
}

/** What a tenant has set once that has changed. */
export function afterChanges(own: TenantSettings, changes: readonly SettingChange[]): TenantSettings {
  const after = byKey(own);
  for (const { key, to } of changes) {
    if (to === null) after.delete(key);
    else after.set(key, to);
  }
  const parts: Record<string, Record<string, Value>> = {};
  for (const [path, value] of after) {
    const [part = '', key = ''] = path.split('.');
    parts[part] = { ...parts[part], [key]: value };
  }
  return TenantSettings.parse(parts);
}

/** The keys of what is set: `orders.timeout`. */
export function keysOf(own: TenantSettings): readonly string[] {
  return [...byKey(own).keys()];
}

/**
 * Refuses what would break: an order may not wait for longer than the bus keeps the event that it waits for.
 *
 * @throws Rejection timeout-too-long
 */
export function refuseBreaking(changes: readonly SettingChange[], retentionMs: number): void {
  const timeout = changes.find(({ key }) => key === 'orders.timeout')?.to ?? null;
  if (timeout !== null && Duration.parse(timeout) > retentionMs)
    throw rejectContent(
      'timeout-too-long',
      `an order would wait for ${String(timeout)}, and events are kept for ${durationText(retentionMs)}`,
    );
}

function wishOf(own: Parts, patch: Parts): Parts {
  const cleared = (part: string) => Object.fromEntries(Object.keys(own[part] ?? {}).map((key) => [key, null]));
  return Object.fromEntries(Object.entries(patch).map(([part, keys]) => [part, keys === null ? cleared(part) : keys]));
}

function byKey(parts: Parts): Map<string, Value> {
  const all = Object.entries(parts).flatMap(([part, keys]) =>
    Object.entries(keys ?? {}).flatMap(([key, value]) =>
      value === undefined ? [] : [[`${part}.${key}`, value] as const],
    ),
  );
  return new Map(all);
}
