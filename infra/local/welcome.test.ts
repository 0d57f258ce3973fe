import { describe, expect, it } from 'vitest';
import type { StackFile } from './stack-file.ts';
import { welcome } from './welcome.ts';

const stack: StackFile = {
  pid: 1,
  url: 'http://127.0.0.1:7071',
  kafka: {
    isOutside: false,
    brokers: '127.0.0.1:1001',
    securityProtocol: 'SASL_SSL',
    saslMechanism: 'PLAIN',
    user: 'somebody',
    password: 'secret',
    caFile: '/cert.pem',
  },
  eventHubs: {
    connectionString: 'Endpoint=sb://127.0.0.1:1002;SharedAccessKeyName=somebody',
    storageConnectionString: 'BlobEndpoint=http://127.0.0.1:1003/lagerhaus',
  },
  cosmos: { endpoint: 'http://127.0.0.1:1004/', key: 'key', database: 'lagerhaus' },
  blobs: { connectionString: 'BlobEndpoint=http://127.0.0.1:1006/lagerhaus' },
  tokens: { keysFile: 'keys.json', issuer: 'lagerhaus', audience: 'lagerhaus' },
  functionsLog: 'functions.log',
  mailFolder: 'mail',
  smsFolder: 'sms',
  control: 'http://127.0.0.1:1005',
  controlToken: 'token',
};

describe('the welcome of npm start', () => {
  it('the welcome of npm start names every port that the stack listens on', () => {
    const shown = welcome(stack, true);
    for (const port of [7071, 1001, 1002, 1003, 1004, 1005, 1006]) expect(shown).toContain(`127.0.0.1:${port}`);
  });

  it('the welcome of npm start says where mails are, where somebody writes them', () => {
    const { mailFolder: _, smsFolder: __, ...without } = stack;
    expect([stack, without].map((one) => welcome(one, true).includes('Mails'))).toEqual([true, false]);
  });

  it("the welcome of npm start keeps the password of a bus that is somebody else's", () => {
    const { eventHubs: _, kafka, ...rest } = stack;
    const shown = welcome({ ...rest, kafka: { ...kafka, isOutside: true } }, true);
    expect(shown).toContain('your own (KAFKA_BROKERS)');
    expect(shown).not.toContain('secret');
  });
});
