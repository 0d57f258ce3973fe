import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { defaultsIn, interpolated } from '../../../infra/local/containers/compose-variables.ts';
import { composeFile } from '../../../infra/local/containers/prepare-containers.ts';

const text = readFileSync(composeFile, 'utf8');

/** Of a service what the tests ask about; the schema knows the rest. */
const Service = z.looseObject({
  image: z.string(),
  profiles: z.array(z.string()).default([]),
  command: z.union([z.string().transform((line) => line.split(' ')), z.array(z.string())]).default([]),
  environment: z.record(z.string(), z.string()).default({}),
  ports: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  depends_on: z.record(z.string(), z.unknown()).default({}),
  healthcheck: z.looseObject({ test: z.array(z.string()) }).optional(),
});
export type ComposeService = z.output<typeof Service>;

const ComposeFile = z.looseObject({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.unknown()),
});

/** What has no value of its own in compose.yaml. */
const secrets = { KAFKA_PASSWORD: 'a-password', COSMOS_KEY: 'a2V5' };

/** compose.yaml as YAML. */
export const composeYaml = (variables: Readonly<Record<string, string>> = secrets): unknown =>
  parse(interpolated(text, variables));

/** compose.yaml as compose reads it with these variables. */
export function readCompose(variables?: Readonly<Record<string, string>>) {
  const { services, volumes } = ComposeFile.parse(composeYaml(variables));
  return {
    services,
    volumes,
    service(name: string): ComposeService {
      const found = services[name];
      if (found === undefined) throw new Error(`compose.yaml has no ${name}`);
      return found;
    },
  };
}

/** The ports on this machine, by their variables. */
export const composePorts = () => defaultsIn(text);
