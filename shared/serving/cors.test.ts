import { describe, expect, it } from 'vitest';
import { corsHeaders, preflightHeaders } from './cors.ts';

const shop = 'https://shop.example.com';

describe('CORS headers', () => {
  it('CORS headers are absent unless origins are configured', () => {
    expect(corsHeaders([], shop)).toEqual({});
  });

  it('CORS headers allow a configured origin to read the response and the headers of the API', () => {
    expect(corsHeaders([shop], shop)).toMatchObject({
      'access-control-allow-origin': shop,
      'access-control-expose-headers': expect.stringMatching(/etag.*location.*retry-after/),
      vary: 'Origin',
    });
  });

  it.each([
    'https://shop.example.com.evil.example',
    'http://shop.example.com',
    'null',
    null,
  ])('CORS headers for the origin %j, which is not configured, only say that responses vary', (origin) => {
    expect(corsHeaders([shop], origin)).toEqual({ vary: 'Origin' });
  });

  it('CORS headers allow every origin if the setting is *', () => {
    expect(corsHeaders(['*'], shop)['access-control-allow-origin']).toBe('*');
  });
});

describe('a CORS preflight', () => {
  it('a CORS preflight from a configured origin is told the allowed methods and headers', () => {
    expect(preflightHeaders([shop], shop, ['GET', 'POST'])).toMatchObject({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringMatching(/authorization.*idempotency-key.*if-match/),
    });
  });

  it('a CORS preflight from another origin gets no CORS headers', () => {
    expect(preflightHeaders([shop], 'https://evil.example', ['GET'])).toEqual({});
    expect(preflightHeaders([], shop, ['GET'])).toEqual({});
  });
});
