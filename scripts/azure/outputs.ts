import { z } from 'zod';
import { DeploymentError } from './shop-client.ts';

/** What infra/main.bicep puts out, and azd gives its hooks as environment. */
const Outputs = z.object({
  AZURE_KEY_VAULT_ID: z.string().startsWith('/subscriptions/'),
  /** Of each app; azd writes a list as JSON. */
  AZURE_URLS: z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(z.array(z.url()).min(1)),
  /** Empty where staff come by an outside issuer. */
  AZURE_ADMIN_EMAIL: z.string().default(''),
});

/** @throws DeploymentError that names what is missing. */
export function readOutputs(environment: Readonly<Record<string, string | undefined>>): z.infer<typeof Outputs> {
  const result = Outputs.safeParse(environment);
  if (result.success) return result.data;
  const names = result.error.issues.map(({ path }) => String(path[0])).join(', ');
  throw new DeploymentError(
    `${names}: missing or wrong. azd sets them: run this by azd up, azd provision or azd hooks run.`,
  );
}
