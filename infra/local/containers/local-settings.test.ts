import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { localSettings } from './local-settings.ts';

const sample = readFileSync(path.resolve(import.meta.dirname, '../../../local.settings.sample.json'), 'utf8');
const ofContainers = { KAFKA_BROKERS: '127.0.0.1:9092', COSMOS_ENDPOINT: 'http://127.0.0.1:8081', COSMOS_KEY: 'new' };
const fileWith = (values: Readonly<Record<string, string>>) => JSON.stringify({ IsEncrypted: false, Values: values });

describe('local.settings.json', () => {
  it('local.settings.json is at first the sample with the addresses of the containers', () => {
    const { IsEncrypted, Values } = localSettings(sample, undefined, ofContainers);
    expect(IsEncrypted).toBe(false);
    expect(Values).toMatchObject({ ...JSON.parse(sample).Values, ...Values });
    expect(Values).toMatchObject({ ...ofContainers, FUNCTIONS_WORKER_RUNTIME: 'node', METRICS: 'token' });
    expect(Values).toMatchObject({ ADMIN_EMAILS: 'admin@example.com', MAIL_PROVIDER: 'smtp', SMTP_TLS: 'off' });
  });

  it('local.settings.json keeps what a person has changed, save for the addresses and secrets of the containers', () => {
    const existing = fileWith({ COSMOS_KEY: 'old', ORDER_TIMEOUT: 'PT1M', KAFKA_BROKERS: 'localhost:19092' });
    const { Values } = localSettings(sample, existing, ofContainers);
    expect(Values).toEqual({ ...ofContainers, ORDER_TIMEOUT: 'PT1M' });
  });

  it.each([
    ['KAFKA_BROKERS', 'shop.servicebus.windows.net:9093'],
    ['COSMOS_ENDPOINT', 'https://shop.documents.azure.com:443/'],
    ['COSMOS_ENDPOINT', 'https://localhost.example.com'],
  ])('local.settings.json that leads elsewhere by %s (%s) is left as it is', (name, value) => {
    expect(() => localSettings(sample, fileWith({ [name]: value }), ofContainers)).toThrow(
      `local.settings.json leads elsewhere (${name} is ${value})`,
    );
  });

  it.each([
    '{',
    '{"IsEncrypted":true,"Values":{}}',
    '[]',
  ])('local.settings.json that cannot be read (%s) is left as it is', (text) => {
    expect(() => localSettings(sample, text, ofContainers)).toThrow('no file of settings in plain text');
  });
});
