import { describe, expect, it } from 'vitest';
import { WrittenResponse } from './written-response.ts';

describe('an answer that is written', () => {
  it('an answer that is written has the status, the headers and the text that it was given', async () => {
    const response = new WrittenResponse({ status: 503, headers: { 'retry-after': '1' }, body: '"Käse"' });
    expect(response.status).toBe(503);
    expect(Object.fromEntries(response.headers.entries())).toEqual({ 'retry-after': '1' });
    expect(Buffer.from(await response.arrayBuffer()).toString()).toBe('"Käse"');
  });

  it('an answer that is written has a file as its bytes, also where they are part of a larger piece of memory', async () => {
    const body = Buffer.from('a whole label').subarray(2, 7);
    const response = new WrittenResponse({ status: 200, headers: {}, body });
    expect(Buffer.from(await response.arrayBuffer()).toString()).toBe('whole');
  });

  it('an answer without a body has none', async () => {
    const response = new WrittenResponse({ status: 204, headers: {} });
    expect((await response.arrayBuffer()).byteLength).toBe(0);
  });
});
