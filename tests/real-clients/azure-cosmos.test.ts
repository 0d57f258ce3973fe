import { describe, expect, it, onTestFinished } from 'vitest';
import { startCosmosServer } from '../../infra/embedded/cosmos/server.ts';
import { found, withPython } from './python.ts';

describe.skipIf(withPython.isMissing)(`the Cosmos SDK for Python${withPython.note}`, () => {
  it('the Cosmos SDK for Python writes, reads, queries by pages and loses to a newer ETag', async () => {
    const server = await startCosmosServer({ file: ':memory:' });
    onTestFinished(() => server.close());
    expect(await found('azure_cosmos_client', { endpoint: server.endpoint, key: server.key })).toEqual({
      crud: {
        afterCreate: 1,
        afterReplace: 2,
        isNewEtag: true,
        createdTwice: 409,
        readDeleted: 404,
        oldEtag: 412,
      },
      batch: { statuses: [201, 201, 200], failed: { index: 1, statuses: [424, 409] }, isRolledBack: true },
      queries: {
        pages: [
          ['q9', 'q8', 'q7', 'q6'],
          ['q5', 'q4', 'q3', 'q2'],
        ],
        count: [10],
        acrossPartitions: 13,
        refused: { status: 400, message: expect.stringContaining('DISTINCT: not supported') },
      },
    });
  });
});
