/**
 * Takes stdout for the report alone: whatever else is written to it (by a library, or by a server in a thread of this process) goes to
 * stderr from now on. @returns what prints the report.
 */
export function ownStdout(): (text: string) => void {
  const print = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return (text) => void print(text);
}
