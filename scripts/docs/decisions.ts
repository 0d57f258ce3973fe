import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { markdownTable } from './generated-part.ts';

/** A page of docs/decisions. */
export interface DecisionPage {
  /** Such as `0001-node-from-platform-packages.md`. */
  readonly file: string;
  readonly text: string;
}

interface Decision {
  readonly file: string;
  readonly number: number;
  readonly title: string;
  readonly date: string;
  readonly status: string;
}

/** How every decision begins: its title, then when it was made and whether it still holds. */
const head = /^# (?<title>.+)\n\nDate: (?<date>\d{4}-\d{2}-\d{2}) · Status: (?<status>accepted|superseded by \d+)\n\n/;

export function decisionPages(root: string): readonly DecisionPage[] {
  const folder = path.join(root, 'docs/decisions');
  return globSync('*.md', { cwd: folder }).map((file) => ({
    file,
    text: readFileSync(path.join(folder, file), 'utf8'),
  }));
}

/**
 * The decisions with date and status, for docs/README.md.
 *
 * @throws Error that names a page with another beginning, or a successor that is not there.
 */
export function decisionsTable(pages: readonly DecisionPage[]): string {
  const decisions = pages.map(decisionOf).toSorted((one, other) => one.number - other.number);
  const numbers = decisions.map(({ number }) => number);
  const rows = decisions.map(({ file, number, title, date, status }) => {
    if (numbers.indexOf(number) !== numbers.lastIndexOf(number)) throw new Error(`there are two decisions ${number}`);
    const successor = /\d+/.exec(status)?.[0];
    if (successor !== undefined && !numbers.includes(Number(successor)))
      throw new Error(`docs/decisions/${file} is superseded by ${successor}, which is not there`);
    return [String(number), `[${title}](decisions/${file})`, date, status];
  });
  return markdownTable(['no.', 'decision', 'date', 'status'], rows);
}

function decisionOf({ file, text }: DecisionPage): Decision {
  const number = Number(/^\d{4}(?=-)/.exec(file)?.[0]);
  const { title, date, status } = head.exec(text)?.groups ?? {};
  if (!Number.isInteger(number) || title === undefined || date === undefined || status === undefined)
    throw new Error(
      `docs/decisions/${file} begins otherwise than a decision: ` +
        'a name such as 0026-what-we-chose.md, "# Title", then "Date: YYYY-MM-DD · Status: accepted" or "superseded by N"',
    );
  return { file, number, title, date, status };
}
