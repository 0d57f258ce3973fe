import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readHostJson } from './host-json.ts';

async function read(content: unknown, settings: Record<string, string> = {}) {
  const appDir = await mkdtemp(path.join(tmpdir(), 'functions-host-json-'));
  onTestFinished(() => rm(appDir, { recursive: true }));
  await writeFile(path.join(appDir, 'host.json'), typeof content === 'string' ? content : JSON.stringify(content));
  return readHostJson(appDir, settings);
}

describe('host.json', () => {
  it('host.json has the defaults of the real host and its Kafka extension', async () => {
    const { extensions, logging } = await read({ version: '2.0' });
    expect(extensions.http).toEqual({ routePrefix: 'api', maxOutstandingRequests: -1, maxConcurrentRequests: -1 });
    expect(extensions.kafka).toMatchObject({
      maxBatchSize: 64,
      commitOnFailure: true,
      maxRetries: 5,
      autoOffsetReset: 'earliest',
    });
    expect(logging.logLevel).toEqual({});
  });

  it('host.json may have keys in any case and unknown keys', async () => {
    const kafka = { MaxBatchSize: 100, autoOffsetReset: 'Latest', libkafkaDebug: 'all' };
    const { extensions } = await read({ Version: '2.0', concurrency: {}, Extensions: { kafka } });
    expect(extensions.kafka).toMatchObject({ maxBatchSize: 100, autoOffsetReset: 'latest' });
  });

  it('host.json is overridden by settings', async () => {
    const { extensions, logging } = await read(
      { version: '2.0', extensions: { http: { routePrefix: 'v1' } } },
      {
        AzureFunctionsJobHost__extensions__http__routePrefix: '',
        AZUREFUNCTIONSJOBHOST__EXTENSIONS__KAFKA__MAXRETRIES: '-1',
        AzureFunctionsJobHost__extensions__kafka__commitOnFailure: 'False',
        AzureFunctionsJobHost__logging__logLevel__default: 'Warning',
      },
    );
    expect(extensions.http.routePrefix).toBe('');
    expect(extensions.kafka).toMatchObject({ maxRetries: -1, commitOnFailure: false });
    expect(logging.logLevel).toEqual({ default: 'warning' });
  });

  it('an invalid host.json is refused with the file and the key or the place', async () => {
    await expect(read({ version: '1.0' })).rejects.toThrow(/host\.json: "version" is wrong/);
    await expect(read({ version: '2.0', extensions: { kafka: { maxBatchSize: 'many' } } })).rejects.toThrow(
      '"extensions.kafka.maxBatchSize" is wrong',
    );
    await expect(read({ version: '2.0', functionTimeout: 'soon' })).rejects.toThrow('"functionTimeout" is wrong');
    await expect(read('{ "version": "2.0",\n }')).rejects.toThrow(/host\.json is no JSON: .*line 2/);
    await expect(readHostJson('/nowhere', {})).rejects.toThrow('host.json cannot be read');
  });

  it.each([
    '[4.0.0, 5.0.0)',
    '[4.*, 5.0.0)',
    '(4.36.9, 5.0.0)',
    '[3.99.0, 5.0.0)',
    '(, 5.0.0)',
    '4.9',
    'latest',
  ])('host.json with commitOnFailure false is refused for bundles that would commit nevertheless: %s', async (version) => {
    const refused = read(keepingFailures(version));
    await expect(refused).rejects.toThrow('"extensionBundle.version" admits bundles below 4.37.0');
  });

  it.each([
    '[4.37.0, 5.0.0)',
    '[4.37.1,]',
    '[4.100, 5.0.0)',
    '4.37.0',
    '[5.0.0, 6.0.0)',
  ])('host.json with commitOnFailure false is accepted for bundles that respect it: %s', async (version) => {
    expect(await read(keepingFailures(version))).toMatchObject({ extensionBundle: { version } });
  });

  it('host.json may name any bundle if commitOnFailure is true, and need not name one if it is false', async () => {
    await read({ version: '2.0', extensionBundle: { version: '[4.0.0, 5.0.0)' } });
    await read({ version: '2.0', extensions: { kafka: { commitOnFailure: false } } });
  });

  it('the host.json of the product names only bundles that respect commitOnFailure', async () => {
    const { extensionBundle, extensions } = await readHostJson(path.resolve(import.meta.dirname, '../../..'), {});
    expect(extensionBundle.version).toBe('[4.37.0, 5.0.0)');
    expect(extensions.kafka).toMatchObject({ commitOnFailure: false, maxRetries: -1 });
  });
});

const keepingFailures = (version: string) => ({
  version: '2.0',
  extensionBundle: { version },
  extensions: { kafka: { commitOnFailure: false } },
});
