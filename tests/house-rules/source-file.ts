import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface SourceFile {
  /** From the root of the repository, with slashes: `functions/orders/order/order.ts`. */
  readonly path: string;
  readonly text: string;
}

/** A file that breaks a rule, and what to do about it. */
export interface Offence {
  readonly path: string;
  readonly rule: string;
  readonly remedy: string;
}

/** A rule of the house looks at all files at once, and names those that break it. */
export type HouseRule = (files: readonly SourceFile[]) => readonly Offence[];

const extensions = ['.ts', '.mjs'];

/** The source files of some folders, committed or not. */
export function sourceFiles(root: string, folders: readonly string[]): readonly SourceFile[] {
  return folders.flatMap((folder) => filesIn(root, folder));
}

function filesIn(root: string, folder: string): SourceFile[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const relative = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : filesIn(root, relative);
    const isSource = extensions.includes(path.extname(entry.name));
    return isSource ? [{ path: relative, text: readFileSync(path.join(root, relative), 'utf8') }] : [];
  });
}

export const isTest = ({ path }: SourceFile) => /\.(test|slow|browser)\.ts$/.test(path);

/** Whether a file lies in a folder. */
export const isIn = (file: SourceFile, folder: string) => file.path.startsWith(`${folder}/`);
