import { createHttpHeaders, createPipelineRequest } from '@azure/core-rest-pipeline';
import { expect, it } from 'vitest';
import { withKnownPlans } from './known-plans.ts';

interface Asked {
  readonly query: string;
  readonly parameters?: readonly { readonly name: string; readonly value: unknown }[];
  readonly container?: string;
  readonly isPlan?: boolean;
}

/** Answers each request with how many there were before, or with the status that it is given. */
function numberedAnswers(status = 200) {
  let sent = 0;
  const client = withKnownPlans({
    async sendRequest(request) {
      sent += 1;
      return { request, status, headers: createHttpHeaders({ etag: 'x' }), bodyAsText: `${sent}` };
    },
  });
  return async ({ container = 'orders', isPlan = true, ...body }: Asked) => {
    const headers = createHttpHeaders(isPlan ? { 'x-ms-cosmos-is-query-plan-request': 'True' } : {});
    const url = `http://127.0.0.1/dbs/shop/colls/${container}/docs`;
    const request = createPipelineRequest({ url, method: 'POST', headers, body: JSON.stringify(body) });
    const answer = await client.sendRequest(request);
    expect(answer.request).toBe(request);
    return answer.bodyAsText;
  };
}

const due = (until: string): Asked => ({
  query: 'SELECT * FROM c WHERE c.dueAt <= @until ORDER BY c.dueAt',
  parameters: [{ name: '@until', value: until }],
});
const first = (limit: number): Asked => ({
  query: 'SELECT TOP @limit * FROM c',
  parameters: [{ name: '@limit', value: limit }],
});

it('the plan of a query is asked for once, whatever texts it is asked with', async () => {
  const ask = numberedAnswers();
  expect([await ask(due('10:00')), await ask(due('10:05'))]).toEqual(['1', '1']);
});

it('queries of other texts, containers and numbers have plans of their own', async () => {
  const ask = numberedAnswers();
  const others = [due('10:00'), { ...due('10:00'), container: 'inventory' }, first(10), first(20)];
  for (const [index, other] of others.entries()) expect(await ask(other)).toBe(`${index + 1}`);
});

it('a query itself is sent each time', async () => {
  const ask = numberedAnswers();
  expect([await ask({ ...first(1), isPlan: false }), await ask({ ...first(1), isPlan: false })]).toEqual(['1', '2']);
});

it('the plan of a query that asks for a partition key is asked for each time', async () => {
  const ask = numberedAnswers();
  const ofBoundary = { query: 'SELECT * FROM c WHERE c.boundary = @boundary' };
  expect([await ask(ofBoundary), await ask(ofBoundary)]).toEqual(['1', '2']);
});

it('a plan that was refused is asked for again', async () => {
  const ask = numberedAnswers(429);
  expect([await ask(first(1)), await ask(first(1))]).toEqual(['1', '2']);
});
