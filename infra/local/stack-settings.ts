import path from 'node:path';
import { z } from 'zod';
import { CannotStart } from './cannot-start.ts';

const repository = path.resolve(import.meta.dirname, '../..');

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a number from 0 (a free port) to 65535')
  .transform(Number)
  .refine((number) => number <= 65_535, 'must be a number from 0 (a free port) to 65535');

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((text) => text === '1');

const folder = z.string().transform((text) => path.resolve(text));

const StackSettings = z.object({
  PORT: port.default(7071),
  DATA_DIR: folder.default(path.resolve('.local')),
  DEMO: flag.default(true),
  KAFKA_SECURITY_PROTOCOL: z
    .enum(
      ['SASL_PLAINTEXT', 'SASL_SSL'],
      'must be SASL_PLAINTEXT or SASL_SSL: the embedded broker always asks who calls',
    )
    .default('SASL_PLAINTEXT'),
  CONTROL: flag.default(false),
  APP_DIR: folder.default(repository),
});

/**
 * What decides how the stack itself runs; the app reads its own settings. `CONTROL=1` opens the endpoint through which
 * tests make faults, `APP_DIR` is the Functions app to run (by default this repository).
 */
export type StackSettings = z.output<typeof StackSettings>;

/** @throws CannotStart with a line for every wrong setting. */
export function readStackSettings(environment: Readonly<Record<string, string | undefined>>): StackSettings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = StackSettings.safeParse(present);
  if (result.success) return result.data;
  const lines = result.error.issues.map(({ path: [name], message }) => {
    return `${String(name)} is "${present[String(name)]}": it ${message}.`;
  });
  throw new CannotStart(lines.join('\n'));
}
