import { expect, it } from 'vitest';
import { readCompose } from './local-compose.ts';
import { publishedPorts, unboxed } from './unboxed.ts';

it('a container of compose.yaml is run without one by its own command and environment, at ports and folders of this machine', () => {
  const { service } = readCompose({ KAFKA_PASSWORD: 'p', COSMOS_KEY: 'k', KAFKA_PORT: '20001' });
  const [kafka, azurite] = [service('kafka'), service('azurite')];
  expect(publishedPorts(kafka)).toEqual({ 9092: '20001' });
  const place = {
    ports: { ...publishedPorts(kafka), 29092: '20002', 29093: '20003' },
    folders: { '/etc/kafka/secrets': '/tmp/secrets' },
  };
  expect(unboxed(kafka, place).environment).toMatchObject({
    KAFKA_LISTENERS: 'CLIENTS://127.0.0.1:20001,INTERNAL://127.0.0.1:20002,CONTROLLER://127.0.0.1:20003',
    KAFKA_ADVERTISED_LISTENERS: 'CLIENTS://127.0.0.1:20001,INTERNAL://127.0.0.1:20002',
    KAFKA_SSL_KEYSTORE_LOCATION: '/tmp/secrets/keystore.pem',
    KAFKA_MESSAGE_MAX_BYTES: '1046528',
  });
  const { command } = unboxed(azurite, { ports: { 10000: '20004' }, folders: { '/data': '/tmp/blobs' } });
  expect(command.join(' ')).toContain('--location /tmp/blobs');
  expect(command.join(' ')).toContain('--blobHost 127.0.0.1 --blobPort 20004');
});
