import { describe, expect, it, onTestFinished } from 'vitest';
import { checkpointTests, containerAt, temporaryFolder } from './checkpoint-tests.ts';
import { startBlobServer } from './server.ts';

describe('the embedded blob server', () => {
  checkpointTests(async (dataDir) => {
    const server = await startBlobServer({ dataDir, secret: 'a+b=' });
    return { ...server, strangersConnectionString: server.connectionString.replace('a%2Bb', 'x') };
  });

  it('the embedded blob server answers 501 to unsupported operations', async () => {
    const server = await startBlobServer({ dataDir: temporaryFolder(), secret: 'a+b=' });
    onTestFinished(() => server.close());
    await expect(containerAt(server.connectionString).getProperties()).rejects.toMatchObject({ statusCode: 501 });
  });
});
