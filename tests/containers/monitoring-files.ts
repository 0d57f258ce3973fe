import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const folder = path.resolve(import.meta.dirname, '../../infra/local/containers');
const read = (file: string) => readFileSync(path.join(folder, file), 'utf8');

const duration = z.string().regex(/^\d+(s|m|h|d)$/);

/** Source: https://prometheus.io/docs/prometheus/latest/configuration/configuration/ */
const PrometheusConfig = z.strictObject({
  global: z.strictObject({ scrape_interval: duration, evaluation_interval: duration }),
  rule_files: z.array(z.string()),
  scrape_configs: z.array(
    z.strictObject({
      job_name: z.string(),
      scrape_timeout: duration,
      authorization: z.strictObject({ type: z.literal('Bearer'), credentials_file: z.string() }),
      static_configs: z.array(z.strictObject({ targets: z.array(z.string()) })),
    }),
  ),
});

/** Source: https://prometheus.io/docs/prometheus/latest/configuration/alerting_rules/ */
const Alert = z.strictObject({
  alert: z.string().regex(/^Lagerhaus[A-Z]\w+$/),
  expr: z.string(),
  for: duration.optional(),
  labels: z.strictObject({ severity: z.enum(['warning', 'critical']) }),
  annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
});
/** A name is level:metric:operations. Source: https://prometheus.io/docs/practices/rules/ */
const Record = z.strictObject({ record: z.string().regex(/^\w+:\w+:\w+$/), expr: z.string() });
const Rules = z.strictObject({
  groups: z.array(z.strictObject({ name: z.string(), rules: z.array(z.union([Alert, Record])) })),
});

/** Source: https://grafana.com/docs/grafana/latest/dashboards/build-dashboards/view-dashboard-json-model/ */
const Panel = z.looseObject({
  id: z.int(),
  type: z.enum(['stat', 'timeseries', 'state-timeline']),
  title: z.string().min(1),
  gridPos: z.strictObject({ x: z.int(), y: z.int(), w: z.int(), h: z.int() }),
  datasource: z.strictObject({ type: z.string(), uid: z.string() }),
  targets: z.array(z.strictObject({ refId: z.string(), expr: z.string(), legendFormat: z.string() })).min(1),
});
export type Panel = z.output<typeof Panel>;
const Dashboard = z.looseObject({
  uid: z.string(),
  title: z.string(),
  schemaVersion: z.int(),
  panels: z.array(Panel).min(1),
});

/** Source: https://grafana.com/docs/grafana/latest/administration/provisioning/ */
const DataSources = z.strictObject({
  apiVersion: z.literal(1),
  datasources: z.array(
    z.looseObject({ name: z.string(), uid: z.string(), type: z.string(), access: z.literal('proxy'), url: z.url() }),
  ),
});
const Providers = z.strictObject({
  apiVersion: z.literal(1),
  providers: z.array(
    z.looseObject({ name: z.string(), type: z.literal('file'), options: z.strictObject({ path: z.string() }) }),
  ),
});

/** What Prometheus and Grafana read. @throws ZodError where it has another shape. */
export const monitoring = {
  prometheus: () => PrometheusConfig.parse(parse(read('prometheus/prometheus.yml'))),
  rules: () => Rules.parse(parse(read('prometheus/rules.yml'))).groups.flatMap(({ rules }) => rules),
  dashboard: () => Dashboard.parse(JSON.parse(read('grafana/dashboards/lagerhaus.json'))),
  dataSources: () => DataSources.parse(parse(read('grafana/provisioning/datasources/lagerhaus.yml'))).datasources,
  providers: () => Providers.parse(parse(read('grafana/provisioning/dashboards/lagerhaus.yml'))).providers,
};

/** Every query there is, by the alert, record or panel that asks it. */
export function queries(): readonly (readonly [asks: string, query: string])[] {
  return [
    ...monitoring.rules().map((rule) => ['alert' in rule ? rule.alert : rule.record, rule.expr] as const),
    ...monitoring.dashboard().panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
  ];
}
