import { z } from 'zod';
import type { Complain, Settings } from './settings.ts';

/** The settings that a service declares, each with a description. */
export interface ServiceSettings<Shape extends z.ZodRawShape = z.ZodRawShape> {
  readonly shape: Shape;
  /** Complains of settings that do not go together, though each is good by itself. */
  readonly check?: ((settings: Settings, complain: Complain) => void) | undefined;
  /** This service's part of what was read. @throws Error where it was read without this service's settings. */
  readonly of: (settings: Settings) => z.output<z.ZodObject<Shape>>;
}

/**
 * Declares what can be set of a service. `defineService` takes it, `readSettings` reads it with all others, and
 * `docs/configuration.md` tells of it; the service's own code asks for it by `of`. Every setting has a description, and a
 * default wherever there is a sensible one. What two settings mean together is checked by `check`, when the app starts.
 *
 * @example
 * export const orderSettings = serviceSettings({
 *   ORDER_TIMEOUT: Duration.prefault('PT15M').describe('How long an order may stay pending'),
 * });
 *
 * // in a handler
 * const { ORDER_TIMEOUT } = orderSettings.of(settings);
 */
export function serviceSettings<Shape extends z.ZodRawShape>(
  shape: Shape,
  check?: (own: z.output<z.ZodObject<Shape>>, settings: Settings, complain: Complain) => void,
): ServiceSettings<Shape> {
  const present = Object.entries(shape).flatMap(([name, setting]) => (setting instanceof z.ZodOptional ? [] : [name]));
  /** What has been looked through: settings never change, and handlers ask for theirs at each call. */
  const complete = new WeakSet<Settings>();
  const own = (settings: Settings) => {
    const unread = complete.has(settings) ? [] : present.filter((name) => !(name in settings));
    if (unread.length > 0) throw new Error(`nobody has read ${unread.join(', ')}: give the service to readSettings`);
    complete.add(settings);
    // `readSettings` has read them by this very shape.
    return settings as Settings & z.output<z.ZodObject<Shape>>;
  };
  return {
    shape,
    check: check && ((settings, complain) => check(own(settings), settings, complain)),
    of: own,
  };
}
