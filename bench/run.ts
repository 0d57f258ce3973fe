// `npm run bench`: prints what Lagerhaus reaches, as ratios against raw limits that the same run measures.
import { readArguments, WrongArguments } from './arguments.ts';
import { figuresOn } from './figures.ts';
import { thisMachine } from './report/machine.ts';
import type { Report, ReportRow } from './report/report.ts';
import { table } from './report/table.ts';
import { stopAll } from './running.ts';

const say = (line: string) => process.stderr.write(`${line}\n`);

let isInterrupted = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    isInterrupted = true;
    await stopAll();
    process.exit(130);
  });
}

try {
  const { chosen, asJson, windowMs } = readArguments(process.argv.slice(2), figuresOn);
  const machine = thisMachine();
  const at = new Date().toISOString();
  const rows: ReportRow[] = [];
  for (const { key, title, measure } of chosen) {
    say(`(${key}) ${title} …`);
    rows.push(...(await measure({ windowMs })).map((measurement) => ({ figure: key, ...measurement })));
  }
  const report: Report = { machine, at, windowSeconds: windowMs / 1_000, rows };
  process.stdout.write(asJson ? `${JSON.stringify(report, null, 2)}\n` : table(report));
} catch (error) {
  // Whatever fails once everything is being stopped fails for that reason.
  if (!isInterrupted) {
    say(described(error));
    process.exitCode = 1;
  }
}

/** A person's mistake is told by its message; anything else is a defect, which its stack leads to. */
function described(error: unknown): string {
  if (error instanceof WrongArguments) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
