import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Duration } from './duration.ts';
import { serviceSettings } from './service-settings.ts';
import { readSettings, SettingsError } from './settings.ts';

const environment = {
  KAFKA_BROKERS: 'one:9092',
  KAFKA_SECURITY_PROTOCOL: 'PLAINTEXT',
  COSMOS_ENDPOINT: 'https://account.documents.azure.com',
  COSMOS_KEY: 'a2V5',
  SIGNING_KEYS_FILE: '/keys.json',
};
const roofSettings = serviceSettings({
  ROOF_COLOUR: z.enum(['red', 'blue']).describe('Colour of the roof'),
  ROOF_AGE: Duration.prefault('P7D').describe('How long it lasts'),
  ROOF_OWNER: z.string().optional().describe('Whose it is'),
});
const roofs = { name: 'roofs', settings: roofSettings };

describe('the settings of a service', () => {
  it('service settings are read with those of the kernel and have their own types', () => {
    const settings = readSettings([roofs], { ...environment, ROOF_COLOUR: 'red' });
    const { ROOF_COLOUR, ROOF_AGE, ROOF_OWNER } = roofSettings.of(settings);
    expect([ROOF_COLOUR, ROOF_AGE, ROOF_OWNER, settings.REQUEST_TIMEOUT]).toEqual([
      'red',
      7 * 86_400_000,
      undefined,
      30_000,
    ]);
  });

  it('wrong or missing service settings are reported together with all others', () => {
    expect(() => readSettings([roofs], { ...environment, COSMOS_ENDPOINT: '', ROOF_AGE: 'old' })).toThrow(
      expect.objectContaining({
        message: [
          'These settings are wrong or missing:',
          '  COSMOS_ENDPOINT: is missing (URL of the Cosmos DB account)',
          '  ROOF_COLOUR: is missing (Colour of the roof)',
          "  ROOF_AGE: 'old' is no ISO 8601 duration of weeks, days, hours, minutes and seconds, such as PT15M or P7D",
        ].join('\n'),
      }),
    );
  });

  it('a setting that two services declare is refused unless both declare the same', () => {
    const read = (name: string, shape: z.ZodRawShape) =>
      readSettings([roofs, { name, settings: { shape } }], { ...environment, ROOF_COLOUR: 'red' });
    const { ROOF_COLOUR } = roofSettings.shape;
    expect(roofSettings.of(read('walls', { ROOF_COLOUR })).ROOF_COLOUR).toBe('red');
    expect(() => read('walls', { ROOF_COLOUR: z.string() })).toThrow(
      new SettingsError('roofs and walls both declare the setting ROOF_COLOUR: let one of them have it'),
    );
    expect(() => read('walls', { COSMOS_KEY: z.string() })).toThrow('the kernel and walls both declare');
  });

  it('service settings that were not read cannot be used', () => {
    expect(() => roofSettings.of(readSettings([], environment))).toThrow(
      'nobody has read ROOF_COLOUR, ROOF_AGE: give the service to readSettings',
    );
  });
});
