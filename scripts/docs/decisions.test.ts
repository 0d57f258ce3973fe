import { describe, expect, it } from 'vitest';
import { decisionsTable } from './decisions.ts';

const page = (file: string, status: string, title = 'We chose') => ({
  file,
  text: `# ${title}\n\nDate: 2026-11-29 · Status: ${status}\n\nBecause.\n`,
});
const tabs = page('0001-tabs.md', 'superseded by 2', 'Tabs');
const spaces = page('0002-spaces.md', 'accepted', 'Spaces');

describe('the list of decisions', () => {
  it('the list of decisions shows each with its date and status, in order', () => {
    expect(decisionsTable([spaces, tabs]).split('\n').slice(2)).toEqual([
      '| 1 | [Tabs](decisions/0001-tabs.md) | 2026-11-29 | superseded by 2 |',
      '| 2 | [Spaces](decisions/0002-spaces.md) | 2026-11-29 | accepted |',
    ]);
  });

  it.each([
    ['no date', { file: '0003-x.md', text: '# X\n\nWe chose x.\n' }, '0003-x.md begins otherwise'],
    [
      'a date that is not the second paragraph',
      { ...spaces, text: `Once.\n\n${spaces.text}` },
      '0002-spaces.md begins',
    ],
    [
      'a date in words',
      { file: '0003-x.md', text: '# X\n\nDate: today · Status: accepted\n\nX.\n' },
      '0003-x.md begins',
    ],
    ['a status of its own', page('0003-x.md', 'perhaps'), '0003-x.md begins otherwise'],
    ['a name without its number', page('x.md', 'accepted'), 'x.md begins otherwise'],
    ['a successor that is not there', page('0003-x.md', 'superseded by 9'), 'superseded by 9, which is not there'],
    ['the number of another', page('0002-x.md', 'accepted'), 'two decisions 2'],
  ])('the list of decisions refuses a page with %s', (_, decision, complaint) => {
    expect(() => decisionsTable([tabs, spaces, decision])).toThrow(complaint);
  });
});
