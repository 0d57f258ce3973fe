import { expect, it } from 'vitest';
import { withForeseen } from '../../bench/apps/back-office/empty-services.ts';
import { services } from '../../functions/services.ts';
import { consumersOf } from '../../shared/app/consumers-of.ts';
import { readSettings } from '../../shared/settings/settings.ts';

const settings = readSettings(services, {
  KAFKA_BROKERS: '127.0.0.1:9092',
  KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT',
  COSMOS_ENDPOINT: 'http://127.0.0.1:8081',
  COSMOS_KEY: 'key',
  SIGNING_KEYS_FILE: 'keys.json',
});
const namesOf = (all: typeof services) => all.flatMap((one) => consumersOf(one, settings).map(({ name }) => name));

it('the back office of the bench has some fifty consumers, those of today among them, and none twice', () => {
  const foreseen = namesOf(withForeseen(services));
  expect(foreseen).toEqual(expect.arrayContaining(namesOf(services)));
  expect(new Set(foreseen).size).toBe(foreseen.length);
  expect(foreseen.length).toBeGreaterThanOrEqual(48);
  expect(foreseen.length).toBeLessThanOrEqual(60);
});
