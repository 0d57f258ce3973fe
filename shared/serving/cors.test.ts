import { describe, expect, it } from 'vitest';
import { corsHeaders, preflightHeaders } from './cors.ts';

const shop = 'https://shop.example.com';

describe('an answer to a page', () => {
  it('may be read by nobody’s script unless a setting says so', () => {
    expect(corsHeaders([], shop)).toEqual({});
  });

  it('of an origin that is named may be read, with the headers that the API gives', () => {
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
  ])('of %j, which is not named, says only that others hear more', (origin) => {
    expect(corsHeaders([shop], origin)).toEqual({ vary: 'Origin' });
  });

  it('may be read by anybody’s script where the setting is *', () => {
    expect(corsHeaders(['*'], shop)['access-control-allow-origin']).toBe('*');
  });
});

describe('a preflight', () => {
  it('of an origin that is named hears what it may send', () => {
    expect(preflightHeaders([shop], shop, ['GET', 'POST'])).toMatchObject({
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': expect.stringMatching(/authorization.*idempotency-key.*if-match/),
    });
  });

  it('of another one hears nothing', () => {
    expect(preflightHeaders([shop], 'https://evil.example', ['GET'])).toEqual({});
    expect(preflightHeaders([], shop, ['GET'])).toEqual({});
  });
});
