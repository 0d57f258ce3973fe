import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { asvsNumbers } from './asvs-numbers.ts';

const page = readFileSync(path.resolve(import.meta.dirname, '../../docs/security-asvs.md'), 'utf8');
const states = ['met', 'not met', 'does not apply'] as const;

interface Row {
  readonly number: string;
  readonly level: string;
  readonly asks: string;
  readonly state: string;
  readonly where: string;
}

/** The rows of the tables: those that begin with the number of a requirement. */
function rowsOf(markdown: string): readonly Row[] {
  return [...markdown.matchAll(/^\| (\d+\.\d+\.\d+) \| (.*) \|$/gm)].map(([, number = '', rest = '']) => {
    const [level = '', asks = '', state = '', ...where] = rest.split(' | ');
    return { number, level, asks, state, where: where.join(' | ') };
  });
}

const rows = rowsOf(page);
const countOf = (state: string) => rows.filter((row) => row.state === state).length;

describe('the table of OWASP ASVS', () => {
  it('the table of OWASP ASVS has each requirement of levels 1 and 2 once, in order and with its level', () => {
    expect(rows.map(({ number, level }) => `${number} ${level}`)).toEqual(asvsNumbers);
  });

  it('the table of OWASP ASVS says of each requirement whether it is met', () => {
    expect(rows.filter(({ state }) => !states.some((one) => one === state))).toEqual([]);
  });

  it('the table of OWASP ASVS says in words what each requirement asks, and where it is met or what to do', () => {
    const isSilent = ({ asks, where }: Row) => asks.trim() === '' || where.trim() === '';
    expect(rows.filter(isSilent)).toEqual([]);
  });

  it('the table of OWASP ASVS says in words what to do about each requirement that is not met', () => {
    const words = ({ where }: Row) => where.replaceAll(/\[[^\]]*\]\([^)]*\)/g, '').match(/\p{L}+/gu) ?? [];
    expect(rows.filter((row) => row.state === 'not met' && words(row).length < 8)).toEqual([]);
  });

  it('the head of the table of OWASP ASVS counts its rows', () => {
    const [met, notMet, notForUs] = states.map(countOf);
    const [said = ''] = /Of \d+ requirements .*? apply\./.exec(page.replaceAll('\n', ' ')) ?? [];
    expect(said).toBe(`Of ${rows.length} requirements ${met} are met, ${notMet} are not, ${notForUs} do not apply.`);
  });

  it('a row of OWASP ASVS is read with the links and codes in its last cell', () => {
    expect(rowsOf('| 1.1.1 | 2 | asks | met | [a](b.ts), `c` |\n| no. | level |')).toEqual([
      { number: '1.1.1', level: '2', asks: 'asks', state: 'met', where: '[a](b.ts), `c`' },
    ]);
  });
});
