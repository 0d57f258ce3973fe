/** What infra/main.bicep makes for a size, where that costs something. A test holds it against Bicep. */
export interface Deployment {
  readonly size: 'dev' | 'prod';
  readonly sweepSeconds: number;
  readonly alwaysReadyInstances: number;
  /** Undefined: serverless. */
  readonly maximumRequestUnits: number | undefined;
  readonly logAlerts: number;
  readonly logAlertsEachMinutes: 5 | 15;
  readonly metricAlerts: number;
  /** Places that call /health/ready, each five minutes. */
  readonly availabilityPlaces: number;
  readonly privateEndpoints: number;
}

export const dev: Deployment = {
  size: 'dev',
  sweepSeconds: 60,
  alwaysReadyInstances: 0,
  maximumRequestUnits: undefined,
  logAlerts: 9,
  logAlertsEachMinutes: 15,
  metricAlerts: 2,
  availabilityPlaces: 0,
  privateEndpoints: 0,
};

export const prod: Deployment = {
  size: 'prod',
  sweepSeconds: 10,
  alwaysReadyInstances: 2,
  maximumRequestUnits: 10_000,
  logAlerts: 9,
  logAlertsEachMinutes: 5,
  metricAlerts: 3,
  availabilityPlaces: 5,
  privateEndpoints: 7,
};
