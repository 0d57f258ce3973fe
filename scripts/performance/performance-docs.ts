import type { GeneratedDoc } from '../docs/generated-doc.ts';
import { pageWithPart } from '../docs/generated-part.ts';
import { everyValue, figuresTable, runsTable } from './figures-table.ts';
import type { Plot } from './plot.ts';
import { plotsOf } from './plots.ts';
import type { KeptResults } from './results.ts';

/** docs/performance.md with its plots, made of what was measured. */
export function performanceDocs(now: KeptResults, before: KeptResults): readonly GeneratedDoc[] {
  const plots = plotsOf(now.embedded, before.embedded);
  return [
    pageWithPart('docs/performance.md', part(now, before, plots)),
    ...plots.map(({ name, svg }) => ({ path: `docs/${fileOf(name)}`, text: svg })),
  ];
}

function part(now: KeptResults, before: KeptResults, plots: readonly Plot[]): string {
  const onApache =
    Object.keys(now.apache).length === 0 ? [] : ['On Apache Kafka:', figuresTable(now.apache, before.apache)];
  return [
    ...plots.map(({ name, title }) => `![${title}](${fileOf(name)})`),
    figuresTable(now.embedded, before.embedded),
    ...onApache,
    'The runs that these are of:',
    runsTable(now),
    `<details><summary>Every value</summary>\n\n${everyValue(now.embedded)}\n\n</details>`,
  ].join('\n\n');
}

const fileOf = (name: string) => `performance/${name}.svg`;
