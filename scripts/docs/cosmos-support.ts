import { paths } from '../../infra/embedded/cosmos/http/address.ts';
import { documentOperations } from '../../infra/embedded/cosmos/http/document-operation.ts';
import { resources } from '../../infra/embedded/cosmos/http/routes.ts';
import { missingRequests } from '../../infra/embedded/cosmos/missing-requests.ts';
import { refusedProperties } from '../../infra/embedded/cosmos/model/container-definition.ts';
import { aggregates } from '../../infra/embedded/cosmos/query/aggregate.ts';
import { constants } from '../../infra/embedded/cosmos/query/expression-parser.ts';
import { functions } from '../../infra/embedded/cosmos/query/functions.ts';
import { comparators, keywords, refusedWords } from '../../infra/embedded/cosmos/query/keywords.ts';
import { missingQueries } from '../../infra/embedded/cosmos/query/missing-queries.ts';
import { batchOperations } from '../../infra/embedded/cosmos/resources/batch.ts';
import { markdownTable } from './generated-part.ts';

/** What the embedded Cosmos server supports, from the tables by which it works. */
export function cosmosSupport(): string {
  return [
    '### Databases and containers',
    markdownTable(['request', 'what it does'], resourceRows()),
    '### Items',
    `Below \`${paths.items}\`. An operation of a batch or bulk is one of ${words(batchOperations)}.`,
    markdownTable(
      ['operation', 'what it does'],
      Object.entries(documentOperations).map(([name, does]) => [`\`${name}\``, does]),
    ),
    '### Queries',
    markdownTable(['of the dialect', 'supported'], dialectRows()),
    '### Refused by name',
    `In queries, besides what is no feature of the dialect: ${words(refusedWords.keys())}, and every function and aggregate that is not named above.`,
    markdownTable(
      ['not in a query', 'such as'],
      missingQueries.map(({ feature, query }) => [feature, `\`${query}\``]),
    ),
    markdownTable(['not as a request', 'asked for by'], [...missingRequests]),
    `In the definition of a container: ${refusedProperties.map(([property, feature]) => `${feature.toLowerCase()} (\`${property}\`)`).join(', ')}, hierarchical partition keys.`,
  ].join('\n\n');
}

function resourceRows(): readonly (readonly string[])[] {
  return Object.entries(resources).flatMap(([kind, ofResource]) =>
    Object.entries(ofResource).map(([method, { does }]) => [`\`${method} ${pathOf(kind)}\``, does]),
  );
}

function pathOf(kind: string): string {
  return new Map(Object.entries(paths)).get(kind) ?? kind;
}

function dialectRows(): readonly (readonly string[])[] {
  const described = (table: Iterable<{ readonly example: string; readonly meaning: string }>) =>
    [...table].map(({ example, meaning }) => `\`${example}\`: ${meaning}`).join('; ');
  return [
    ['keywords', words(keywords)],
    ['comparisons', words(comparators)],
    ['functions', described(functions.values())],
    ['aggregates', described(aggregates.values())],
    ['constants', `numbers, texts in single or double quotes, ${words(constants.keys())}`],
    ['parameters', '`@name`, for `TOP` too'],
    ['paths', '`c.name`, `c.customer.name`; `ORDER BY` takes several where a composite index has just these'],
  ];
}

const words = (list: Iterable<string>) => [...list].map((word) => `\`${word}\``).join(' ');
