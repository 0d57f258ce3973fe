import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { services } from '../../functions/services.ts';
import { Settings } from '../../shared/settings/settings.ts';
import { sourceFiles } from '../house-rules/source-file.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, 'infra', file), 'utf8');
const modules = readdirSync(path.join(root, 'infra/modules')).filter((file) => file.endsWith('.bicep'));

/** What the app reads. */
const declared = new Set([
  ...Object.keys(Settings.shape),
  ...services.flatMap(({ settings }) => Object.keys(settings?.shape ?? {})),
]);

/** What the host and the platform read. Source: https://learn.microsoft.com/azure/azure-functions/functions-app-settings */
const ofTheHost =
  /^(APPLICATIONINSIGHTS_(CONNECTION|AUTHENTICATION)_STRING|AZURE_CLIENT_ID|AzureFunctionsJobHost__(logging__logLevel__Function|extensions__eventHubs__targetUnprocessedEventThreshold)|AzureWebJobsStorage__(credential|clientId|(blob|queue|table)ServiceUri)|EVENT_HUBS__(credential|clientId)|FUNCTIONS_(EXTENSION_VERSION|REQUEST_BODY_SIZE_LIMIT|WORKER_RUNTIME)|WEBSITE_(RUN_FROM_PACKAGE|CONTENTSHARE|CONTENTAZUREFILECONNECTIONSTRING|SKIP_CONTENTSHARE_VALIDATION))$/;

/** The names of the app settings in a file: they begin in upper case, as no property of Bicep's does. */
function settingsIn(file: string): readonly string[] {
  return [...read(file).matchAll(/[{ ]((?:[A-Z][A-Z_]{3,}|Azure(?:WebJobs|FunctionsJobHost))\w*): /g)].flatMap(
    ([, name = '']) => name,
  );
}

const given = ['main.bicep', 'modules/event-hubs.bicep', 'modules/function-app.bicep'].flatMap(settingsIn);

describe('the app settings on Azure', () => {
  it('every app setting that Bicep gives is one that the app or the host reads', () => {
    expect(given.length).toBeGreaterThan(20);
    expect(given.filter((name) => !declared.has(name) && !ofTheHost.test(name))).toEqual([]);
  });

  it('Bicep gives every app setting that has no default', () => {
    const missing = ['KAFKA_BROKERS', 'KAFKA_SASL_PASSWORD', 'COSMOS_ENDPOINT', 'SIGNING_KEYS'].filter(
      (name) => !given.includes(name),
    );
    expect(missing).toEqual([]);
  });
});

/** What has no diagnostic settings of its own: parts of another, who may do what, alerts, and where diagnostics go. */
const withoutDiagnostics =
  /^Microsoft\.(Authorization|Insights|Consumption|ManagedIdentity|Resources)\/|^Microsoft\.Network\/private|\/(secrets|config|basicPublishingCredentialsPolicies|containers|shares|sqlDatabases|sqlRoleAssignments|eventhubs|consumergroups|authorizationRules|domains)$|^Microsoft\.Storage\/storageAccounts$|^Microsoft\.Communication\/emailServices$/;

describe('the modules of Bicep', () => {
  it('every resource that keeps a log sends it to the workspace', () => {
    const silent = modules.flatMap((file) => {
      const text = read(`modules/${file}`);
      const resources = [...text.matchAll(/^resource (\w+) '([\w./]+)@[\w-]+' = /gm)];
      return resources
        .filter(
          ([, name, type = '']) =>
            !withoutDiagnostics.test(type) && !text.includes(`scope: ${name}\n  name: 'to-workspace'`),
        )
        .map(([, name, type]) => `${file}: ${name} (${type})`);
    });
    expect(silent).toEqual([]);
  });

  it('no topic has more consumers than Event Hubs takes, which is twenty', () => {
    const { consumers } = JSON.parse(read('modules/registry.json'));
    const most = Math.max(
      ...[...Map.groupBy(consumers, ({ topic }: { topic: string }) => topic).values()].map((of) => of.length),
    );
    expect(most).toBeLessThanOrEqual(20);
  });

  it('the platform asks an instance for its own health, so that a store that is away does not get it replaced', () => {
    const [, asked] =
      /healthCheckPath: isFlex \? null : '\/health\/(\w+)'/.exec(read('modules/function-app.bicep')) ?? [];
    expect(asked).toBe('live');
  });

  it('no topic, service or consumer of the code is typed in Bicep, so that the next one follows by itself', () => {
    const names = services.flatMap(({ name }) => [name, `${name}-on-`]);
    const typed = ['main.bicep', ...modules.map((file) => `modules/${file}`)].flatMap((file) =>
      names.filter((name) => new RegExp(`'${name}|-events'`).test(read(file))).map((name) => `${file}: ${name}`),
    );
    expect(typed).toEqual([]);
  });

  it('every line of the log that an alert or the workbook looks for is one that the code writes', () => {
    const code = sourceFiles(root, ['shared', 'functions'])
      .map(({ text }) => text)
      .join('\n');
    const looked = [
      ...[...read('modules/alerts.bicep').matchAll(/words: '([^']+)'/g)],
      ...[...read('modules/workbook.json').matchAll(/message has '([^']+)'/g)],
    ].map(([, words = '']) => words);
    expect(looked.length).toBeGreaterThan(4);
    expect(looked.filter((words) => !code.includes(`'${words}'`))).toEqual([]);
  });

  it('every function that the workbook names is there', () => {
    const functions = new Set([
      ...services.flatMap(({ endpoints }) => endpoints.map(({ name }) => name)),
      ...JSON.parse(read('modules/registry.json')).consumers.map(({ name }: { name: string }) => name),
    ]);
    const [, list = ''] = /name in \(([^)]+)\)/.exec(read('modules/workbook.json')) ?? [];
    const named = [...list.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((name) => !functions.has(name))).toEqual([]);
  });
});

describe('the size dev', () => {
  const main = read('main.bicep');

  it('dev may sleep: no availability test calls it at intervals, unless it is asked for', () => {
    expect(main).toContain("param availabilityTest bool = size == 'prod'");
    const called = [...read('modules/alerts.bicep').matchAll(/in hosts: (.*)/g)].map(([, condition]) => condition);
    expect(called).toEqual(['if (availabilityTest) {', 'if (availabilityTest) {']);
  });

  it('dev may sleep: no instance is kept ready, and it is swept but once a minute', () => {
    expect(main).toContain("param alwaysReadyInstances int = size == 'prod' ? 2 : 0");
    expect(main).toContain("SWEEP_SCHEDULE: isProd ? '*/10 * * * * *' : '0 * * * * *'");
    expect(main).toContain("param hosting string = ''");
  });
});
