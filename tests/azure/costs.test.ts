import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Deployment, dev, prod } from '../../scripts/costs/deployment.ts';
import { order } from '../../scripts/costs/order.ts';

const infra = path.resolve(import.meta.dirname, '../../infra');
const read = (file: string) => readFileSync(path.join(infra, file), 'utf8');
const main = read('main.bicep');
const alerts = read('modules/alerts.bicep');

/** What stands for one size and for the other in `isProd ? one : other`. */
function choice(pattern: RegExp): { readonly ofProd: string; readonly ofDev: string } {
  const [, ofProd = '', ofDev = ''] = pattern.exec(main) ?? [];
  return { ofProd, ofDev };
}

const count = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].length;
const sweepOf = ({ sweepSeconds }: Deployment) => (sweepSeconds === 60 ? '0 * * * * *' : `*/${sweepSeconds} * * * * *`);

describe('what costs are reckoned from', () => {
  it('the schedule of the sweep, the instances that are kept ready and the frequency of alerts are those of Bicep', () => {
    expect(choice(/SWEEP_SCHEDULE: isProd \? '(.+?)' : '(.+?)'/)).toEqual({
      ofProd: sweepOf(prod),
      ofDev: sweepOf(dev),
    });
    expect(choice(/alwaysReadyInstances int = size == 'prod' \? (\d+) : (\d+)/)).toEqual({
      ofProd: String(prod.alwaysReadyInstances),
      ofDev: String(dev.alwaysReadyInstances),
    });
    expect(choice(/logAlertsEach: isProd \? 'PT(\d+)M' : 'PT(\d+)M'/)).toEqual({
      ofProd: String(prod.logAlertsEachMinutes),
      ofDev: String(dev.logAlertsEachMinutes),
    });
    expect(main).toContain(`maximumRequestUnits int = ${prod.maximumRequestUnits}`);
  });

  it('the alerts, the places of the availability test and the private endpoints are as many as Bicep makes', () => {
    const ofMetrics = count(alerts, /^ {4}metric: '/gm);
    expect([dev.logAlerts, prod.logAlerts]).toEqual(Array(2).fill(count(alerts, /^ {4}(words|query): '/gm)));
    expect([dev.metricAlerts, prod.metricAlerts]).toEqual([ofMetrics, ofMetrics + 1]);
    expect(prod.availabilityPlaces).toBe(count(alerts, /\{ Id: '/g));
    const modules = readdirSync(path.join(infra, 'modules')).map((file) => read(`modules/${file}`));
    const storage = 'modules/storage.bicep';
    const parts = count(/var parts = \[(.*)\]/.exec(read(storage))?.[1] ?? '', /'\w+'/g);
    const endpoints = modules.reduce((sum, text) => sum + count(text, /'private-endpoint\.bicep'/g), 0);
    expect(prod.privateEndpoints).toBe(endpoints - 1 + parts);
  });

  it('the functions on the way of an order are consumers that there are', () => {
    const consumers: readonly { readonly name: string }[] = JSON.parse(read('modules/registry.json')).consumers;
    const names = consumers.map(({ name }) => name);
    expect(
      order.scaleGroups.map(({ name }) => name).filter((name) => name !== 'HTTP' && !names.includes(name)),
    ).toEqual([]);
  });
});
