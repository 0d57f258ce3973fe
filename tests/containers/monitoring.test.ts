import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { services } from '../../functions/services.ts';
import { createMetrics } from '../../shared/telemetry/metrics.ts';
import { readCompose } from '../rigs/containers/local-compose.ts';
import { monitoring, type Panel, queries } from './monitoring-files.ts';
import { readPromQl } from './prom-ql.ts';

const { services: containers, service } = readCompose();

/** What `/metrics` gives, by name: the labels of each. */
function knownMetrics(): ReadonlyMap<string, readonly string[]> {
  const Metric = z.object({ name: z.string(), type: z.string(), labelNames: z.array(z.string()) });
  const made = createMetrics()
    .registry.getMetricsAsArray()
    .map((metric) => Metric.parse({ ...metric }));
  return new Map(
    made.flatMap(({ name, type, labelNames }): [string, readonly string[]][] =>
      type === 'histogram'
        ? [
            [`${name}_bucket`, [...labelNames, 'le']],
            [`${name}_sum`, labelNames],
            [`${name}_count`, labelNames],
          ]
        : [[name, labelNames]],
    ),
  );
}

/** Each record is a metric of its own, with the labels that it is grouped by. */
const records = new Map(
  monitoring
    .rules()
    .flatMap((rule) => ('record' in rule ? [[rule.record, readPromQl(rule.expr).grouping] as const] : [])),
);
const ofPrometheus = ['job', 'instance'];
const metrics = new Map([...knownMetrics(), ...records, ['up', []]]);

/** Names of functions and subscribers that there are; a label of these may be matched by them alone. */
const named: Readonly<Record<string, readonly string[]>> = {
  endpoint: services.flatMap(({ endpoints }) => endpoints.map(({ name }) => name)),
  subscriber: services.flatMap(({ subscribers }) => subscribers.map(({ name }) => name)),
};

describe('a query of Prometheus or Grafana', () => {
  it.each(queries())('the query of %s can be read by Prometheus', (_, query) => {
    expect(readPromQl(query).error).toBeUndefined();
  });

  it.each(
    queries(),
  )('the query of %s asks for metrics that /metrics gives, and by labels that they have', (_, query) => {
    const { selectors, grouping } = readPromQl(query);
    expect(selectors.length).toBeGreaterThan(0);
    const labels = selectors.flatMap(({ metric }) => metrics.get(metric) ?? []);
    expect(selectors.filter(({ metric }) => !metrics.has(metric)).map(({ metric }) => metric)).toEqual([]);
    expect(grouping.filter((label) => ![...labels, ...ofPrometheus].includes(label))).toEqual([]);
    for (const { metric, matches } of selectors) {
      const own = [...(metrics.get(metric) ?? []), ...ofPrometheus];
      expect(
        matches.map(({ label }) => label).filter((label) => !own.includes(label)),
        metric,
      ).toEqual([]);
    }
  });

  it.each(queries())('the query of %s names only endpoints and subscribers that there are', (_, query) => {
    const wanted = readPromQl(query).selectors.flatMap(({ matches }) =>
      matches.flatMap(({ label, value }) =>
        named[label] === undefined ? [] : value.split('|').map((name) => [label, name] as const),
      ),
    );
    expect(wanted.filter(([label, name]) => !named[label]?.includes(name))).toEqual([]);
  });

  it('a query that is broken, or asks for what is not there, is found', () => {
    expect(readPromQl('sum by (topic (x)').error).toBeDefined();
    expect(readPromQl('sum by (topic) (rate(x{a="b"}[$__rate_interval]))')).toEqual({
      error: undefined,
      selectors: [{ metric: 'x', matches: [{ label: 'a', operator: '=', value: 'b' }] }],
      grouping: ['topic'],
    });
  });
});

describe('the rules of Prometheus', () => {
  const alerts = monitoring.rules().filter((rule) => 'alert' in rule);

  it.each(
    alerts.map(({ alert, annotations }) => [alert, annotations.runbook]),
  )('the alert %s leads to a part of a page that is there (%s)', (_, runbook) => {
    const [file = '', anchor] = runbook.split('#');
    const headings = readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8').matchAll(/^## (.+)$/gm);
    // As GitHub makes anchors.
    const anchors = [...headings].map(([, text = '']) =>
      text
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );
    expect(anchors).toContain(anchor);
  });

  it('a request that is refused as overloaded is no error, and has an alert of its own', () => {
    const errors = monitoring
      .rules()
      .find((rule) => 'record' in rule && rule.record === 'lagerhaus:http_errors:ratio_rate5m');
    const asked = (query = '') => readPromQl(query).selectors.map(({ metric }) => metric);
    expect(asked(errors?.expr)).toContain('lagerhaus_overloaded_total');
    const own = alerts.find(({ alert }) => alert === 'LagerhausOverloaded');
    expect(asked(own?.expr)).toEqual(['lagerhaus_overloaded_total']);
  });

  it('Prometheus reads the rules and the token from where compose mounts them', () => {
    const { rule_files, scrape_configs } = monitoring.prometheus();
    const mounts = service('prometheus').volumes.map((volume) => volume.split(':').slice(0, 2));
    expect(mounts).toContainEqual(['./containers/prometheus', '/etc/prometheus']);
    expect(mounts).toContainEqual(['../../.local-func/prometheus', '/run/lagerhaus']);
    expect(rule_files).toEqual(['/etc/prometheus/rules.yml']);
    expect(scrape_configs.map(({ authorization }) => authorization.credentials_file)).toEqual(['/run/lagerhaus/token']);
  });
});

describe('the dashboard of Grafana', () => {
  const { panels } = monitoring.dashboard();

  it('every panel of the dashboard asks a data source that is provisioned, which is a container', () => {
    const sources = monitoring.dataSources();
    for (const { title, datasource } of panels)
      expect(
        sources.map(({ uid, type }) => ({ uid, type })),
        title,
      ).toContainEqual(datasource);
    for (const { url } of sources) expect(Object.keys(containers)).toContain(new URL(url).hostname);
  });

  it('the dashboard is provisioned from where compose mounts it', () => {
    const [provider] = monitoring.providers();
    expect(service('grafana').volumes).toContain(`./containers/grafana/dashboards:${provider?.options.path}:ro,z`);
    expect(service('grafana').environment.GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH).toBe(
      `${provider?.options.path}/lagerhaus.json`,
    );
  });

  it('the panels of the dashboard have ids of their own, and none lies on another or beyond the edge', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const over = panels.flatMap((one, index) => panels.slice(index + 1).filter((other) => isOver(one, other)));
    expect(over.map(({ title }) => title)).toEqual([]);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
  });

  it('every metric is on the dashboard', () => {
    const asked = new Set(queries().flatMap(([, query]) => readPromQl(query).selectors.map(({ metric }) => metric)));
    const missing = [...knownMetrics().keys()].filter((name) => !asked.has(name) && !/_(sum|count)$/.test(name));
    expect(missing, 'give it a panel in infra/local/containers/grafana/dashboards/lagerhaus.json').toEqual([]);
  });
});

function isOver({ gridPos: a }: Panel, { gridPos: b }: Panel): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}
