import { type HouseRule, isIn, isTest, type Offence, type SourceFile } from './source-file.ts';

interface Source {
  readonly what: string;
  readonly pattern: RegExp;
  /** The files that are this source for all others. */
  readonly owners: readonly string[];
  readonly remedy: string;
}

/** What a handler must be given, so that tests own it: each comes from one place. */
const sources: readonly Source[] = [
  {
    what: 'process.env',
    pattern: /\bprocess\.env\b/,
    owners: ['shared/settings/settings.ts'],
    remedy: 'add the setting to shared/settings/settings.ts and take it from there',
  },
  {
    what: 'the time',
    pattern: /\bDate\.now\(|\bnew Date\(\s*\)|\bperformance\.now\(/,
    owners: ['shared/clock.ts'],
    remedy: 'take the clock as an argument (shared/clock.ts)',
  },
  {
    what: 'new ids',
    pattern: /\brandomUUID\b|from 'uuid'/,
    owners: ['shared/ids.ts'],
    remedy: 'take newId as an argument (shared/ids.ts)',
  },
];

/** Time, ids and settings come from the context, never from the machine directly. */
export const contextIsHandedIn: HouseRule = (files) => files.filter(isProduct).flatMap(offencesOf);

const isProduct = (file: SourceFile) => (isIn(file, 'functions') || isIn(file, 'shared')) && !isTest(file);

function offencesOf(file: SourceFile): Offence[] {
  const code = withoutComments(file.text);
  return sources
    .filter(({ pattern, owners }) => pattern.test(code) && !owners.includes(file.path))
    .map(({ what, owners, remedy }) => ({ path: file.path, rule: `only ${owners.join(', ')} reads ${what}`, remedy }));
}

/** A comment may speak of `process.env`. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\/|(?<!:)\/\/.*$/gm, '');
}
