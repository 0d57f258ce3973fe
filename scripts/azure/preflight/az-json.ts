import type { z } from 'zod';
import type { AzureCli } from '../azure-cli.ts';

/** What `az` answers, as JSON of this form. @throws AzureCliError @throws ZodError where it answers otherwise. */
export async function azJson<Schema extends z.ZodType>(
  az: AzureCli,
  schema: Schema,
  ...args: readonly string[]
): Promise<z.output<Schema>> {
  return schema.parse(JSON.parse(await az(...args, '--output', 'json')));
}

/** A question to Azure Resource Manager that `az` has no command for. Parameters like `sku=FC1` stand apart: a shell would split them. */
export function getFromArm(path: string, ...parameters: readonly string[]): readonly string[] {
  return ['rest', '--method', 'get', '--url', `https://management.azure.com${path}`, '--url-parameters', ...parameters];
}
