import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

const pattern = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const milliseconds = [7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1_000] as const;

/**
 * An ISO 8601 duration (`PT15M`, `P7D`) as milliseconds. Years and months are refused: they have no fixed length.
 */
export const Duration = z
  .string()
  .transform((text, context) => {
    const parts = pattern.exec(text);
    if (parts === null || parts.slice(1).every((part) => part === undefined)) {
      context.addIssue(
        `'${text}' is no ISO 8601 duration of weeks, days, hours, minutes and seconds, such as PT15M or P7D`,
      );
      return z.NEVER;
    }
    return milliseconds.reduce((total, unit, index) => total + unit * Number(parts[index + 1] ?? 0), 0);
  })
  .meta({ format: 'duration' });

/** A duration that stays as it is written, no shorter and no longer than these. `Duration` has it in milliseconds. */
export function durationWithin({ least, most }: { readonly least: string; readonly most?: string }) {
  const [shortest, longest] = [Duration.parse(least), most === undefined ? Infinity : Duration.parse(most)];
  const error = most === undefined ? `is shorter than ${least}` : `is not from ${least} to ${most}`;
  return z
    .string()
    .superRefine((text, { addIssue }) => {
      const { success, data, error: wrong } = Duration.safeParse(text);
      if (!success) for (const { message } of wrong.issues) addIssue(message);
      else if (data < shortest || data > longest) addIssue(error);
    })
    .meta({ format: 'duration' });
}

/** How a duration of so many milliseconds is written: `PT1H30M`. */
export function durationText(milliseconds: number): string {
  return Temporal.Duration.from({ milliseconds }).round({ largestUnit: 'day' }).toString();
}
