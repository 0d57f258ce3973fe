import { type HouseRule, isIn, isTest, type SourceFile } from './source-file.ts';

const declaration = /^export (?:abstract )?(?:async )?(?:const|let|function|class|interface|type|enum) (\w+)/gm;

/** A value and its type may share a name, in one file. */
function exportedBy({ text }: SourceFile): ReadonlySet<string> {
  return new Set([...text.matchAll(declaration)].flatMap(([, name]) => name ?? []));
}

/** Within shared/ one name has one meaning. */
export const namesAreExportedOnce: HouseRule = (files) => {
  const product = files.filter((file) => isIn(file, 'shared') && !isTest(file));
  const homes = Map.groupBy(
    product.flatMap((file) => [...exportedBy(file)].map((name) => ({ name, path: file.path }))),
    ({ name }) => name,
  );
  return [...homes.values()]
    .filter((all) => all.length > 1)
    .flatMap((all) =>
      all.map(({ name, path }) => ({
        path,
        rule: `shared/ exports ${name} from several files (${all.map((one) => one.path).join(', ')})`,
        remedy: 'give what means something else another name, and let what means the same stand in one place',
      })),
    );
};

/** An error that is an answer to somebody, and not a fault. */
const answers = ['Rejection', 'Problem'];
const errorClass = /\bclass (\w+) extends \w*Error\b/g;

export const errorsAreCalledError: HouseRule = (files) =>
  files
    .filter((file) => !isTest(file))
    .flatMap((file) =>
      [...file.text.matchAll(errorClass)]
        .map(([, name = '']) => name)
        .filter((name) => !name.endsWith('Error') && !answers.includes(name))
        .map((name) => ({
          path: file.path,
          rule: `the class of an error ends in Error (${name})`,
          remedy: `call it ${name}Error`,
        })),
    );
