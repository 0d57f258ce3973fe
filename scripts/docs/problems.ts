import type { Service } from '../../shared/capabilities/define-service.ts';
import { problemSections } from '../../shared/http/problems/catalogue.ts';
import { titleOf } from '../../shared/http/problems/problem.ts';
import type { ProblemTable } from '../../shared/http/problems/problem-table.ts';

const head = `# Problems

Generated from [\`shared/http/problems\`](../shared/http/problems) and the \`problems.ts\` of each service by \`npm run docs\`: what Lagerhaus
answers when it does not do what it was asked for, as [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) problem details, \`application/problem+json\`. Which of them a
route answers with is in [openapi.json](openapi.json).

\`\`\`json
{
  "type": "/problems/total-mismatch",
  "title": "Total mismatch",
  "status": 422,
  "detail": "the items come to 2500.00, not 2600.00",
  "instance": "0af7651916cd43dd8448eb211c80319c"
}
\`\`\`

Decide by \`type\`: it is stable. \`detail\` is for people and may change. \`instance\` is the trace id: by it the logs and the
trace of the request are found. A body or query that breaks its schema has \`errors\` besides, one for each field.

May you send the same request again? After 503, yes: a \`POST\` under the same \`Idempotency-Key\`, so that it is done once
even where the first one was. After 409 and 412, once you have read again. After any other 4xx, not before you changed it.
`;

const foot = `
A 413 or 429 without a problem document comes from the Functions host itself: a body beyond its own limit, or too many
requests at once.
`;

/** docs/problems.md: what any service may refuse, then what each refuses itself. */
export function problemsPage(services: readonly Pick<Service, 'name' | 'problems'>[]): string {
  const ofServices = services.map(({ name, problems }): [string, ProblemTable] => [titleOf(name), problems]);
  const sections = [...Object.entries<ProblemTable>(problemSections), ...ofServices];
  const tables = sections
    .filter(([, table]) => Object.keys(table).length > 0)
    .map(
      ([title, table]) => `
## ${title}

| code | status | what it means | what to do |
|---|---|---|---|
${rowsOf(table).join('\n')}
`,
    );
  return [head, ...tables, foot].join('');
}

function rowsOf(table: ProblemTable): readonly string[] {
  return Object.entries(table).map(
    ([code, { status, meaning, remedy }]) => `| \`${code}\` | ${status} | ${meaning} | ${remedy} |`,
  );
}
