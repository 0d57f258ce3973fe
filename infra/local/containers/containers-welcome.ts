type Ports = Readonly<Record<string, string>>;

/** What a person reads before the app starts: where everything is, what to try and how to stop it. */
export function containersWelcome(ports: Ports): string {
  const rows = [
    ['Kafka', `127.0.0.1:${ports.KAFKA_PORT}, SASL_SSL`],
    ['Topics', `http://127.0.0.1:${ports.KAFKA_UI_PORT}`],
    [
      'Metrics',
      `http://127.0.0.1:${ports.GRAFANA_PORT} (Grafana), http://127.0.0.1:${ports.PROMETHEUS_PORT}/alerts (Prometheus)`,
    ],
    ['Traces', `http://127.0.0.1:${ports.JAEGER_PORT}`],
    ['Mail', `http://127.0.0.1:${ports.MAIL_PORT}`],
  ];
  return [
    '',
    ...rows.map(([name = '', where = '']) => `  ${name.padEnd(8)} ${where}`),
    '',
    '  Once func says that it is ready, the API is at http://127.0.0.1:7071/api/v1. Who registers as admin@example.com is admin.',
    '  Ctrl-C stops the app. The containers go on until: docker compose -f infra/local/compose.yaml down',
    '',
  ].join('\n');
}
