import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const Hook = z.strictObject({ shell: z.literal('sh'), run: z.string().min(1) });
const Service = z.strictObject({ project: z.literal('dist'), language: z.literal('js'), host: z.literal('function') });

/** What we say in azure.yaml of all that azd knows. */
const AzureYaml = z.strictObject({
  name: z.string(),
  metadata: z.strictObject({ template: z.string().regex(/^[\w-]+@[\d.]+$/) }),
  requiredVersions: z.strictObject({ azd: z.string().regex(/^>= \d+\.\d+\.\d+$/) }),
  infra: z.strictObject({ provider: z.literal('bicep'), path: z.literal('infra'), module: z.literal('main') }),
  services: z.record(z.string(), Service),
  hooks: z.strictObject({ prepackage: Hook, preprovision: Hook, postprovision: Hook, postdeploy: Hook }),
});

const azureYaml: unknown = parse(read('azure.yaml'));

/**
 * azd's own schema, where there is one: it is not ours to keep. `AZD_SCHEMA` names it, or it lies beside the checkout.
 * Source: https://github.com/Azure/azure-dev/blob/main/schemas/v1.0/azure.yaml.json
 */
const schemaFile = process.env.AZD_SCHEMA ?? path.join(root, '../shared/tools/azd-schema/azure.yaml.json');

describe('azure.yaml', () => {
  const { services, hooks } = AzureYaml.parse(azureYaml);

  it.skipIf(!existsSync(schemaFile))('azure.yaml is what the schema of azd allows', () => {
    const schema: object = JSON.parse(readFileSync(schemaFile, 'utf8'));
    const ajv = new Ajv2019({ strict: false });
    // Other kinds of services have schemas elsewhere, which ours does not need.
    for (const [, url = ''] of JSON.stringify(schema).matchAll(/"\$ref":"(https:[^"#]+)"/g)) {
      if (ajv.getSchema(url) === undefined) ajv.addSchema({}, url);
    }
    const validate = ajv.compile(schema);
    validate(azureYaml);
    expect(validate.errors).toBeNull();
  });

  it('azure.yaml does not say where the package is built: azd refuses to deploy to Elastic Premium with a word of it', () => {
    // Source: cli/azd/pkg/project/service_target_functionapp.go. It learns that all is there from dist/.funcignore.
    expect(read('azure.yaml')).not.toMatch(/^\s+remoteBuild:/m);
  });

  it('every hook runs a program that there is', () => {
    const run = Object.values(hooks).map(({ run: command }) => command);
    const scripts: { scripts: Record<string, string> } = JSON.parse(read('package.json'));
    const missing = run.filter((command) => {
      const [, script] = /^npm run (\S+)$/.exec(command) ?? [];
      if (script !== undefined) return !(script in scripts.scripts);
      const [, file] = /^node scripts\/bootstrap\.mjs node (\S+)$/.exec(command) ?? [];
      return file === undefined || !existsSync(path.join(root, file));
    });
    expect(missing).toEqual([]);
  });

  it('the app that Bicep makes where nobody names others is a service of azure.yaml', () => {
    const [, name = ''] = /param apps appType\[\] = \[\{ name: '(\w+)'/.exec(read('infra/main.bicep')) ?? [];
    expect(Object.keys(services)).toEqual([name]);
  });
});

const Parameters = z.strictObject({
  $schema: z.literal('https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#'),
  contentVersion: z.literal('1.0.0.0'),
  parameters: z.record(z.string(), z.strictObject({ value: z.string().regex(/^\$\{[A-Z_]+(=[^${}]*)?\}$/) })),
});

describe('main.parameters.json', () => {
  const { parameters } = Parameters.parse(JSON.parse(read('infra/main.parameters.json')));
  const declared = [...read('infra/main.bicep').matchAll(/^param (\w+) (\S+)( =)?/gm)];

  it('main.parameters.json gives parameters that Bicep has, and all of those without a default', () => {
    const names = declared.map(([, name]) => name);
    expect(Object.keys(parameters).filter((name) => !names.includes(name))).toEqual([]);
    const needed = declared.flatMap(([, name = '', , fallback]) => (fallback === undefined ? [name] : []));
    expect(needed.filter((name) => !(name in parameters))).toEqual([]);
  });

  it('every parameter of Bicep can be set by azd env, save those that it reckons itself', () => {
    const reckoned = ['budgetFrom'];
    const unset = declared.flatMap(([, name = '']) => (name in parameters || reckoned.includes(name) ? [] : [name]));
    expect(unset).toEqual([]);
  });

  it('the environment variables of the parameters are all in the guide', () => {
    const guide = read('docs/deploy.md');
    const variables = Object.values(parameters).flatMap(({ value }) => [...value.matchAll(/LAGERHAUS_\w+/g)].flat());
    expect(variables.length).toBeGreaterThan(5);
    expect(variables.filter((name) => !guide.includes(`\`${name}\``))).toEqual([]);
  });
});
