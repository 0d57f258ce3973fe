import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';

/** Where the Functions host writes in this run; what it wrote in the last one is kept beside it. */
export function freshFunctionsLog(dataDir: string): string {
  const file = path.join(dataDir, 'functions.log');
  if (existsSync(file)) renameSync(file, `${file}.1`);
  return file;
}
