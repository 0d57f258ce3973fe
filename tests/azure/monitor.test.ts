import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import hostJson from '../../host.json' with { type: 'json' };
import workbookJson from '../../infra/modules/workbook.json' with { type: 'json' };
import { sourceFiles } from '../house-rules/source-file.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, 'infra', file), 'utf8');
const alerts = read('modules/alerts.bicep');

describe('what Azure Monitor is told', () => {
  it('every run of a function is a request for Azure Monitor, not only one that fails', () => {
    // Source: https://learn.microsoft.com/azure/azure-functions/configure-monitoring#configure-log-levels
    expect(hostJson.logging.logLevel).not.toHaveProperty(['Host.Results']);
    expect(hostJson.logging.logLevel.default).toBe('Information');
  });

  it('no line of the log is left out by sampling, since alerts look for single ones', () => {
    const { excludedTypes } = hostJson.logging.applicationInsights.samplingSettings;
    expect(excludedTypes.split(';')).toEqual(expect.arrayContaining(['Trace', 'Exception']));
  });

  it('every dependency that health checks is one that an alert hears of; dead letters have an alert of their own', () => {
    const checks = sourceFiles(root, ['shared/health'])
      .flatMap(({ text }) => [...text.matchAll(/check\('(\w+)'/g)])
      .map(([, name]) => name);
    const named = [...alerts.matchAll(/dependencies: \[([^\]]+)\]/g)].flatMap(([, list = '']) =>
      [...list.matchAll(/'(\w+)'/g)].map(([, name]) => name),
    );
    expect([...named, 'deadLetters'].sort()).toEqual(checks.toSorted());
  });

  it('the runbook tells of every alert what it means', () => {
    const runbook = readFileSync(path.join(root, 'docs/operations.md'), 'utf8');
    const names = [...alerts.matchAll(/^ {4}name: '([\w-]+)'/gm), ['', 'availability']].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(8);
    expect(names.filter((name) => !runbook.includes(`\n| \`${name}\` |`))).toEqual([]);
  });

  it('a request that is refused as overloaded is none that failed: it has an alert of its own', () => {
    const failures = /name: 'failures'[^}]+query: '(.+)'/.exec(alerts)?.[1];
    expect(failures).toContain('OperationId !in ((AppTraces | where Message has "overloaded" | distinct OperationId))');
    expect(alerts).toMatch(/name: 'overloaded'[^}]+words: 'overloaded'/);
  });

  it('there is an alert for consumer lag, dead letters, failures, throttling, latency and availability', () => {
    const names = [...alerts.matchAll(/name: '([\w-]+)'/g)].map(([, name]) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'lag',
        'dead-letters',
        'failures',
        'cosmos-throttled',
        'event-hubs-throttled',
        'latency',
      ]),
    );
    expect(alerts).toContain('/health/ready');
  });
});

const Item = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal(1), name: z.string(), content: z.strictObject({ json: z.string() }) }),
  z.strictObject({
    type: z.literal(9),
    name: z.string(),
    content: z.looseObject({ parameters: z.array(z.looseObject({ name: z.string() })).min(1) }),
  }),
  z.strictObject({
    type: z.literal(3),
    name: z.string(),
    content: z.looseObject({
      version: z.literal('KqlItem/1.0'),
      query: z.string().min(1),
      title: z.string().min(1),
      timeContextFromParameter: z.string(),
      resourceType: z.literal('microsoft.insights/components'),
    }),
  }),
  z.strictObject({
    type: z.literal(10),
    name: z.string(),
    content: z.looseObject({
      version: z.literal('MetricsItem/2.0'),
      title: z.string().min(1),
      resourceType: z.string(),
      resourceIds: z.array(z.string().regex(/^<\w+>$/)).length(1),
      timeContextFromParameter: z.string(),
      metrics: z.array(z.looseObject({ namespace: z.string(), metric: z.string() })).min(1),
    }),
  }),
]);

/** The part of a workbook's format that we use: there is no schema of it that says more than that it is an object. */
const Workbook = z.strictObject({
  version: z.literal('Notebook/1.0'),
  items: z.array(Item),
  $schema: z.url(),
});

describe('the workbook', () => {
  const { items } = Workbook.parse(workbookJson);

  it('the workbook shows throughput, lag, dead letters and request units', () => {
    const titles = items.flatMap(({ content }) => ('title' in content ? [content.title] : []));
    expect(titles).toEqual(
      expect.arrayContaining([
        'Orders taken, confirmed and rejected',
        'Events by topic',
        'Consumers that lag',
        'Parked events',
        'Request units by container',
      ]),
    );
    expect(new Set(items.map(({ name }) => name)).size).toBe(items.length);
  });

  it('every chart of the workbook follows a parameter that there is', () => {
    const parameters = items.flatMap((item) =>
      item.type === 9 ? item.content.parameters.map(({ name }) => name) : [],
    );
    const followed = items.flatMap((item) =>
      item.type === 3 || item.type === 10 ? [item.content.timeContextFromParameter] : [],
    );
    expect(followed.filter((name) => !parameters.includes(name))).toEqual([]);
  });

  it('every resource whose metrics the workbook shows is put in by Bicep', () => {
    const bicep = read('modules/workbook.bicep');
    const resources = items.flatMap((item) => (item.type === 10 ? item.content.resourceIds : []));
    expect(resources.length).toBeGreaterThan(1);
    expect(resources.filter((id) => !bicep.includes(`'${id}'`))).toEqual([]);
  });

  it('queries of requests count what each request of the sample stands for', () => {
    const queries = items.flatMap((item) => (item.type === 3 ? [item.content.query] : []));
    const ofRequests = queries.filter((query) => query.startsWith('requests'));
    expect(ofRequests.length).toBeGreaterThan(2);
    expect(ofRequests.filter((query) => /\b(count|countif|percentile)\(/.test(query))).toEqual([]);
  });
});
