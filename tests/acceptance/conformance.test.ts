import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { breaches, type CallParts, call, type LiveAnswer } from './conformance/call.ts';
import { DescribedApi, type DescribedOperation } from './conformance/described-api.ts';
import { mistakesIn } from './conformance/mistakes.ts';
import { recipes } from './conformance/recipes.ts';
import { Scene } from './conformance/scene.ts';
import { sharedStack } from './open-shop.ts';

const stack = sharedStack();
const api = new DescribedApi(await (await fetch(`${stack.url}/openapi.json`)).json());
const json = 'application/json';
const form = 'application/x-www-form-urlencoded';

describe('conformance of the API to its description', () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await Scene.set(stack);
  });

  it('there is a recipe for each operation, and for no other', () => {
    const where = 'write how an operation is called well into tests/acceptance/conformance/recipes.ts';
    expect(Object.keys(recipes).toSorted(), where).toEqual(api.operations.map(({ id }) => id).toSorted());
  });

  describe.each(api.operations)('$id', (operation) => {
    // On things of its own in each test: what one has done to them is nothing to the next, whichever comes first.
    let right: CallParts;
    beforeEach(async () => {
      right = (await recipes[operation.id]?.(scene)) ?? {};
    });
    const answerTo = (parts: CallParts, method = operation.method) => call(stack.url, { ...operation, method }, parts);

    it(`${operation.id} refuses invalid requests as described`, async () => {
      const tokens = { wrongRole: await stack.token(roleThatDoesNotDo(operation), { tenant: scene.shop.tenant }) };
      for (const { what, parts, status } of mistakesIn(operation, right, tokens, api)) {
        const answer = await answerTo(parts);
        expect([what, answer.status, breach(answer)]).toEqual([what, status, '']);
      }
    });

    const sendsJson = operation.body?.[json] !== undefined;
    if (sendsJson)
      it(`${operation.id} refuses every body that does not match its schema`, async () => {
        const schema = operation.body?.[json]?.schema ?? {};
        await fc.assert(
          fc.asyncProperty(fc.jsonValue({ maxDepth: 2 }), async (body) => {
            fc.pre(api.errors(schema, body) !== '');
            const answer = await answerTo({ ...right, body: JSON.stringify(body) });
            expect([body, answer.status, breach(answer)]).toEqual([body, 422, '']);
          }),
          { numRuns: 5 },
        );
      });

    const sendsForm = operation.body?.[form] !== undefined;
    if (sendsForm)
      it(`${operation.id} takes a form`, async () => {
        const fields = new URLSearchParams(Object(right.body)).toString();
        const answer = await answerTo({ ...right, headers: { ...right.headers, 'content-type': form }, body: fields });
        expect([answer.status < 300, breach(answer)], answer.text).toEqual([true, '']);
      });

    it(`${operation.id} answers valid requests as described`, async () => {
      const answer = await answerTo(right);
      expect([answer.status < 300, breach(answer)], answer.text).toEqual([true, '']);
      if (operation.method === 'GET') {
        const head = await answerTo(right, 'HEAD');
        expect([head.status, head.text]).toEqual([answer.status, '']);
      }
    });

    const breach = (answer: LiveAnswer) => breaches(answer, operation, api);
  });
});

function roleThatDoesNotDo({ roles }: DescribedOperation) {
  const some = ['customer', 'warehouse', 'logistics'] as const;
  return some.find((role) => !roles.includes(role)) ?? [];
}

describe('an answer that is not as described', () => {
  const operation = {
    responses: {
      200: {
        headers: { ETag: { required: true } },
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } } },
      },
      204: {},
    },
    operationId: 'read',
    'x-roles': [],
    security: [],
    parameters: [],
  };
  const Thing = { type: 'object', required: ['id'], properties: { id: { type: 'string' } } };
  const described = new DescribedApi({ paths: { '/things': { get: operation } }, components: { schemas: { Thing } } });
  const good = { status: 200, type: 'application/json', etag: '"1"', text: '{"id":"a"}' };

  it.each([
    ['an answer as described has no breach', good, ''],
    ['an answer with another status is a breach', { ...good, status: 202 }, '202 is not described'],
    ['an answer without a described header is a breach', { ...good, etag: undefined }, '200 lacks the headers ETag'],
    ['an answer of another media type is a breach', { ...good, type: 'text/plain' }, '200 is text/plain'],
    ['an answer that does not match the schema is a breach', { ...good, text: '{"id":1}' }, 'data/id must be string'],
    ['an answer with a body where there is none is a breach', { ...good, status: 204 }, '204 has a body'],
  ])('%s', (_, { status, type, etag, text }, told) => {
    const headers = new Headers({ 'content-type': type, ...(etag === undefined ? {} : { etag }) });
    const [read] = described.operations;
    if (read === undefined) throw new Error('there is an operation');
    expect(breaches({ status, headers, text }, read, described)).toMatch(told === '' ? /^$/ : told);
  });
});
