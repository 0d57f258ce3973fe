import { describe, expect, it } from 'vitest';
import { cutText } from './cut-text.ts';

describe('a text that is cut', () => {
  it('a text that is short enough stays as it is', () => {
    expect(cutText('four', 4)).toBe('four');
  });

  it('a text that is too long says how long it was', () => {
    expect(cutText('x'.repeat(5_000), 4)).toBe('xxxx … (5000 characters in all)');
  });

  it('a text has no half characters, wherever it is cut', () => {
    expect(cutText('ab😀', 3)).toBe('ab\uFFFD … (4 characters in all)');
    expect(cutText('ab\uD83D', 3)).toBe('ab\uFFFD');
  });
});
