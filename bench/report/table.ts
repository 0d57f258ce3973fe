import { isMet, type Report, type ReportRow } from './report.ts';
import { shown } from './shown.ts';

const header = ['', 'measured', 'value', 'noise', 'target', ''];

/** Values stand under each other by their last digit. */
const numbers = [2, 3];

/** The report as text for a terminal. */
export function table({ machine, at, windowSeconds, rows, failed, skipped }: Report): string {
  const lines = [header, ...rows.map(cellsOf)];
  const widths = header.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)));
  const text = lines.map((cells) =>
    cells
      .map((cell, column) =>
        numbers.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  const { cpu, cores, memoryGb, platform, node, loadBefore } = machine;
  const place = `${cpu}, ${cores} cores, ${memoryGb} GB, ${platform}, Node ${node}, load before: ${loadBefore}`;
  // A message of many lines is for the log; its first says what it is about.
  const left = skipped.map(({ figure, why }) => `${figure}  skipped: ${why}`);
  const failures = failed.map(({ figure, why }) => `${figure}  failed: ${why.split('\n')[0]}`);
  return [`${at}, windows of ${windowSeconds} s`, place, '', ...text, ...left, ...failures, ''].join('\n');
}

function cellsOf(row: ReportRow): readonly string[] {
  const { figure, what, value, noise, unit, target } = row;
  // What a figure was made from stands below it, indented.
  const label = target === undefined ? `  ${what}` : what;
  const wanted = target === undefined ? '' : `${target.bound} ${shown(target.value, unit)}`;
  const offBy = noise === undefined ? '' : `±${shown(noise, unit)}`;
  const met = isMet(row);
  return [figure, label, shown(value, unit), offBy, wanted, met === undefined ? '' : met ? 'met' : 'missed'];
}
