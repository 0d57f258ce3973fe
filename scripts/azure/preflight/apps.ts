import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Wishes } from './wishes.ts';

const file = path.resolve(import.meta.dirname, '../../../azure.yaml');
const AzureYaml = z.object({ services: z.record(z.string(), z.unknown()) });

/** Apps that azd would make and leave empty, since no service of azure.yaml is deployed to them. */
export function emptyApps({ apps }: Pick<Wishes, 'apps'>): readonly string[] {
  const { services } = AzureYaml.parse(parse(readFileSync(file, 'utf8')));
  return apps
    .filter((app) => !(app in services))
    .map((app) => `Nothing would be deployed to the app ${app}: give azure.yaml a service of that name, like main.`);
}
