import { parser } from '@prometheus-io/lezer-promql';

export interface PromQl {
  /** Where it cannot be read, if anywhere. */
  readonly error: string | undefined;
  /** What it takes from Prometheus, with the labels that it matches by: `{endpoint="place-order"}`. */
  readonly selectors: readonly Selector[];
  /** The labels that it groups or joins by. */
  readonly grouping: readonly string[];
}

export interface Selector {
  readonly metric: string;
  readonly matches: readonly { readonly label: string; readonly operator: string; readonly value: string }[];
}

/** Grafana puts a span there, which is as long as a pixel or as the whole picture. */
const spans = /\$__(rate_interval|interval|range)\b/g;

/** Takes a query apart by the grammar of Prometheus' own editor. */
export function readPromQl(text: string): PromQl {
  const query = text.replaceAll(spans, '5m');
  const words = (node: { readonly from: number; readonly to: number }) => query.slice(node.from, node.to);
  let error: string | undefined;
  const selectors: Selector[] = [];
  const grouping: string[] = [];
  parser.parse(query).iterate({
    enter({ node, type, from }) {
      if (type.isError) error ??= `at ${from}: ${query}`;
      if (type.name === 'GroupingLabels') grouping.push(...node.getChildren('LabelName').map(words));
      if (type.name !== 'VectorSelector') return;
      const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
      const part = (matcher: (typeof matchers)[number], name: string) => {
        const found = matcher.getChild(name);
        return found === null ? '' : words(found);
      };
      const metric = node.getChild('Identifier');
      selectors.push({
        metric: metric === null ? '' : words(metric),
        matches: matchers.map((matcher) => ({
          label: part(matcher, 'LabelName'),
          operator: part(matcher, 'MatchOp'),
          value: part(matcher, 'StringLiteral').slice(1, -1),
        })),
      });
    },
  });
  return { error, selectors, grouping };
}
