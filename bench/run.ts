// `npm run bench`: prints what Lagerhaus reaches, as ratios against raw limits that the same run measures.
import { type Measuring, readArguments, WrongArgumentsError } from './arguments.ts';
import { figuresOn } from './figures.ts';
import { measureFigures } from './measure-figures.ts';
import { thisMachine } from './report/machine.ts';
import { ownStdout } from './report/own-stdout.ts';
import type { Report } from './report/report.ts';
import { table } from './report/table.ts';
import { stopAll } from './running.ts';

const print = ownStdout();
const say = (line: string) => process.stderr.write(`${line}\n`);

const interruption = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    interruption.abort();
    await stopAll();
    process.exit(130);
  });
}

try {
  const asked = readArguments(process.argv.slice(2), figuresOn);
  if (asked.kind === 'help') print(`${asked.usage}\n`);
  else await measure(asked);
} catch (error) {
  say(described(error));
  process.exitCode = 1;
}

async function measure({ kafka, chosen, asJson, windowMs }: Measuring): Promise<void> {
  const head = { machine: thisMachine(), kafka, at: new Date().toISOString(), windowSeconds: windowMs / 1_000 };
  const measured = await measureFigures(chosen, {
    windowMs,
    interrupted: interruption.signal,
    begins: ({ key, title }) => say(`(${key}) ${title} …`),
    skips: ({ key }, why) => say(`(${key}) skipped: ${why}`),
    fails: ({ key }, error) => say(`(${key}) failed: ${described(error)}`),
  });
  if (interruption.signal.aborted) return;
  const report: Report = { ...head, ...measured };
  print(asJson ? `${JSON.stringify(report, null, 2)}\n` : table(report));
  if (report.failed.length > 0) process.exitCode = 1;
}

/** A person's mistake is told by its message; anything else is a defect, which its stack leads to. */
function described(error: unknown): string {
  if (error instanceof WrongArgumentsError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
