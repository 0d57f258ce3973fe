import path from 'node:path';
import { type HouseRule, isIn, isTest, type SourceFile } from './source-file.ts';

const longest = 400;
/** What is longer than its word has a part that is a rule, a schema or another capability. */
const longestCommand = 25;
/** How many files a reader takes in beside each other. */
const mostFiles = 20;
/** The share of a tree's files that stays below a number of lines. Tests, which are lists by nature, count in the second only. */
const half = { share: 0.5, below: 70 };
const most = { share: 0.9, below: 250 };

const linesOf = ({ text }: SourceFile) => text.split('\n').length - 1;

export const noFileIsTooLong: HouseRule = (files) =>
  files
    .filter((file) => linesOf(file) > longest)
    .map((file) => ({
      path: file.path,
      rule: `no file has over ${longest} lines (${linesOf(file)})`,
      remedy: 'find the second idea in it and give that a file of its own',
    }));

export const noCommandIsTooLong: HouseRule = (files) =>
  files
    .filter((file) => isIn(file, 'functions'))
    .flatMap((file) =>
      [...file.text.matchAll(/^export const (\w+) = command\(\{[\s\S]*?^\}\);/gm)]
        .map(([text, name]) => ({ name, lines: text.split('\n').length }))
        .filter(({ lines }) => lines > longestCommand)
        .map(({ name, lines }) => ({
          path: file.path,
          rule: `no command has over ${longestCommand} lines (${name}: ${lines})`,
          remedy: 'give its rule to the aggregate, its schema a name, and what it shares with its neighbours one place',
        })),
    );

/** Tests do not count: they lie beside what they test, or are a list by nature. */
export const noFolderIsTooLarge: HouseRule = (files) => {
  const sources = files.filter((file) => !isTest(file));
  return [...Map.groupBy(sources, (file) => path.posix.dirname(file.path))]
    .filter(([, beside]) => beside.length > mostFiles)
    .map(([folder, beside]) => ({
      path: folder,
      rule: `at most ${mostFiles} source files lie beside each other in a folder (${beside.length})`,
      remedy: 'give those that belong together a folder: a service has one for each aggregate',
    }));
};

export const mostFilesAreSmall: HouseRule = (files) => {
  const trees = Map.groupBy(files, ({ path }) => path.slice(0, path.indexOf('/')));
  return [...trees].flatMap(([tree, all]) => [
    ...tooFew(
      tree,
      all.filter((file) => !isTest(file)),
      half,
    ),
    ...tooFew(tree, all, most),
  ]);
};

function tooFew(tree: string, files: readonly SourceFile[], { share, below }: typeof half) {
  const over = files.filter((file) => linesOf(file) >= below).sort((a, b) => linesOf(b) - linesOf(a));
  if (files.length - over.length >= files.length * share) return [];
  const longestOnes = over.slice(0, 3).map((file) => `${file.path} (${linesOf(file)})`);
  return [
    {
      path: tree,
      rule: `${share * 100}% of the files have less than ${below} lines (${files.length - over.length} of ${files.length})`,
      remedy: `divide the longest by their ideas, such as ${longestOnes.join(', ')}`,
    },
  ];
}
