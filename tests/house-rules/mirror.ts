import path from 'node:path';
import { type HouseRule, isIn } from './source-file.ts';

/** The tests of `shared/` that need the embedded servers stand in `tests/shared/`, in a folder of the same name as what they test. */
export const kernelTestsMirrorShared: HouseRule = (files) => {
  const folders = new Set(files.filter((file) => isIn(file, 'shared')).flatMap(({ path: file }) => foldersOf(file)));
  return files
    .filter((file) => isIn(file, 'tests/shared') && !folders.has(path.posix.dirname(file.path).slice('tests/'.length)))
    .map((file) => ({
      path: file.path,
      rule: 'tests/shared/ has the folders of shared/',
      remedy: 'move it to where what it tests stands',
    }));
};

/** The folder of a file, and those around it. */
function foldersOf(file: string): string[] {
  const folder = path.posix.dirname(file);
  return folder === '.' ? [] : [folder, ...foldersOf(folder)];
}
