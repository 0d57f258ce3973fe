import { z } from 'zod';

/** Several values in one setting, separated by commas. */
export const list = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  )
  .meta({ format: 'list' });
