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
