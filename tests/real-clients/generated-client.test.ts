import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireJava } from '../../infra/local/apache-kafka/jars.ts';
import { CannotStartError } from '../../infra/local/cannot-start-error.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { type Found, prerequisite } from './prerequisite.ts';
import { found, withPython } from './python.ts';

const withJava = prerequisite(await findJava());

describe.skipIf(withPython.isMissing || withJava.isMissing)(
  `a client generated from /openapi.json${withPython.note}${withJava.note}`,
  () => {
    let stack: TestStack;
    beforeAll(async () => {
      stack = await startStack();
    });
    afterAll(() => stack?.stop());

    it('a client that OpenAPI Generator makes for Python registers, logs in, sells a product and reads a problem', async () => {
      expect(await found('generated_client', { url: stack.url })).toEqual({
        placed: 'pending',
        decided: 'confirmed',
        total: 99.8,
        refused: { status: 404, type: '/problems/not-found' },
      });
    });
  },
);

async function findJava(): Promise<Found<true>> {
  try {
    await requireJava();
    return { kind: 'found', thing: true };
  } catch (error) {
    if (!(error instanceof CannotStartError)) throw error;
    return { kind: 'missing', reason: `OpenAPI Generator runs on Java. ${error.message}` };
  }
}
