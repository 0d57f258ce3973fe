// `npm run smoke-test -- --url URL --email WHO`: lets a shop that is deployed confirm an order. The password is in SMOKE_TEST_PASSWORD.
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { DeploymentError } from './azure/shop-client.ts';
import { shopOf } from './azure/shop-of.ts';
import { smokeTest } from './azure/smoke-test.ts';

const usage = `Usage: SMOKE_TEST_PASSWORD=… npm run smoke-test -- --url URL --email WHO
  --url    where the shop is, such as https://func-main-….azurewebsites.net; once for each app, where it has several
  --email  an admin, whose password is in SMOKE_TEST_PASSWORD`;

const Options = z.object({ url: z.array(z.url()).min(1), email: z.string().min(1), password: z.string().min(1) });

try {
  const { values } = parseArgs({ options: { url: { type: 'string', multiple: true }, email: { type: 'string' } } });
  const { url, email, password } = Options.parse({ ...values, password: process.env.SMOKE_TEST_PASSWORD });
  await smokeTest({ shop: await shopOf(url), email, password, say: console.log });
} catch (error) {
  console.error(error instanceof DeploymentError ? error.message : `${explain(error)}\n${usage}`);
  process.exitCode = 1;
}

function explain(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  const nameOf = (name: unknown) => (name === 'password' ? 'SMOKE_TEST_PASSWORD' : `--${String(name)}`);
  return error.issues.map(({ path: [name], message }) => `${nameOf(name)}: ${message}`).join('\n');
}
