import { type HouseRule, isIn, isTest } from './source-file.ts';

/** Emptying a boundary is done at once, so its order with a commit is the kernel's: a service says what goes, and when. */
export const servicesEraseByWord: HouseRule = (files) =>
  files
    .filter((file) => isIn(file, 'functions') && !isTest(file) && /\.erase\(/.test(file.text))
    .map(({ path }) => ({
      path,
      rule: 'a service empties no boundary itself',
      remedy: 'write it in the word erasure, or redaction (shared/capabilities)',
    }));
