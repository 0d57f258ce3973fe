import { describe, expect, it } from 'vitest';
import { defaultsIn, interpolated } from './compose-variables.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: that is how compose writes a variable
const text = 'ports: ["127.0.0.1:${PORT:-9092}:9092"], password: ${PASSWORD:?make one}, again: ${PASSWORD}';

describe('the variables of compose.yaml', () => {
  it('a variable of compose.yaml that has no value, or an empty one, is what the file says', () => {
    for (const values of [{ PASSWORD: 'p' }, { PASSWORD: 'p', PORT: '' }])
      expect(interpolated(text, values)).toBe('ports: ["127.0.0.1:9092:9092"], password: p, again: p');
  });

  it('a variable of compose.yaml is what it was given', () => {
    expect(interpolated(text, { PASSWORD: 'p', PORT: '1' })).toContain('127.0.0.1:1:9092');
  });

  it('a variable of compose.yaml that has to be given is named where it is missing', () => {
    expect(() => interpolated(text, {})).toThrow('PASSWORD has no value: make one');
    expect(() => interpolated('${NAME}', {})).toThrow('NAME has no value');
  });

  it('the variables of compose.yaml that may be given another value are those with one of their own', () => {
    expect(defaultsIn(text)).toEqual({ PORT: '9092' });
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: that is how compose writes a variable
