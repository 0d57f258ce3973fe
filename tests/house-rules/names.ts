import path from 'node:path';
import type { HouseRule } from './source-file.ts';

/** Words that say nothing about what is inside. */
const empty = /^(utils?|helpers?|common|managers?|misc)$|-(utils?|helpers?|manager)$/;

/** `place-order`, `order.test`, `order.examples`. */
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;

export const namesSaySomething: HouseRule = (files) =>
  files
    .filter(({ path: file }) => partsOf(file).some((part) => empty.test(part)))
    .map(({ path: file }) => ({
      path: file,
      rule: 'nothing is called utils, helpers, common or manager',
      remedy: 'name it for the one thing it does',
    }));

export const namesAreKebabCase: HouseRule = (files) =>
  files
    .filter(({ path: file }) => !partsOf(file).every((part) => kebab.test(part)))
    .map(({ path: file }) => ({
      path: file,
      rule: 'files and folders are in kebab case',
      remedy: 'rename it: place-order.ts, not placeOrder.ts',
    }));

/** Folder names and the file's name without its extension; the trees at the top have their names from the plan. */
function partsOf(file: string): string[] {
  const { dir, name } = path.posix.parse(file);
  return [...dir.split('/').slice(1), name];
}
