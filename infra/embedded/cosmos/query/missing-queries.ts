/**
 * What the dialect of Cosmos DB has and this server has not: a query of each, and a part of the text that it is refused with. For
 * the list in the README, and for the test that holds it.
 */
export const missingQueries: readonly { readonly feature: string; readonly query: string; readonly named: string }[] = [
  { feature: 'DISTINCT', query: 'SELECT DISTINCT VALUE c.kind FROM c', named: 'DISTINCT' },
  { feature: 'GROUP BY', query: 'SELECT c.kind FROM c GROUP BY c.kind', named: 'GROUP BY' },
  { feature: 'OFFSET LIMIT', query: 'SELECT * FROM c OFFSET 1 LIMIT 2', named: 'OFFSET LIMIT' },
  { feature: 'JOIN', query: 'SELECT * FROM c JOIN t IN c.tags', named: 'JOIN' },
  { feature: 'reading from a list', query: 'SELECT * FROM t IN c.tags', named: 'IN' },
  { feature: 'reading from a part of the item', query: 'SELECT * FROM c.address', named: 'a part of the item' },
  { feature: 'IN', query: "SELECT * FROM c WHERE c.kind IN ('a', 'b')", named: 'IN' },
  { feature: 'BETWEEN', query: 'SELECT * FROM c WHERE c.n BETWEEN 1 AND 2', named: 'BETWEEN' },
  { feature: 'LIKE', query: "SELECT * FROM c WHERE c.kind LIKE 'a%'", named: 'LIKE' },
  { feature: 'EXISTS', query: 'SELECT * FROM c WHERE EXISTS(SELECT VALUE t FROM t IN c.tags)', named: 'EXISTS' },
  { feature: 'ARRAY', query: 'SELECT VALUE ARRAY(SELECT VALUE t FROM t IN c.tags) FROM c', named: 'ARRAY' },
  { feature: 'a subquery', query: 'SELECT * FROM c WHERE (SELECT VALUE 1) = 1', named: 'subquery' },
  { feature: 'objects as results', query: 'SELECT VALUE {"k": c.kind} FROM c', named: "'{'" },
  { feature: 'lists as results', query: 'SELECT VALUE [c.kind] FROM c', named: "'['" },
  { feature: 'positions in lists', query: 'SELECT VALUE c.tags[0] FROM c', named: "'['" },
  { feature: 'another name for a property', query: 'SELECT c.kind AS k FROM c', named: 'AS' },
  { feature: 'the whole item as a property', query: 'SELECT c FROM c', named: 'whole item' },
  { feature: 'calculating', query: 'SELECT * FROM c WHERE c.n * 2 = 4', named: 'Operator *' },
  { feature: 'joining texts', query: "SELECT * FROM c WHERE c.kind || 'a' = 'ba'", named: 'Operator ||' },
  { feature: 'a value for what is undefined', query: 'SELECT * FROM c WHERE (c.n ?? 1) = 1', named: 'Operator ??' },
  { feature: 'a value by a condition', query: 'SELECT * FROM c WHERE (c.n = 1 ? 2 : 3) = 2', named: 'Operator ?' },
  { feature: 'a property as a condition', query: 'SELECT * FROM c WHERE c.isNew', named: 'A value as a condition' },
  { feature: 'regular expressions', query: "SELECT * FROM c WHERE REGEXMATCH(c.kind, 'a.')", named: 'REGEXMATCH()' },
  { feature: 'other functions', query: "SELECT * FROM c WHERE STARTSWITH(c.kind, 'a')", named: 'STARTSWITH()' },
  { feature: 'functions of results', query: 'SELECT VALUE UPPER(c.kind) FROM c', named: 'UPPER()' },
  { feature: 'other aggregates', query: 'SELECT VALUE SUM(c.n) FROM c', named: 'SUM()' },
  { feature: 'user-defined functions', query: 'SELECT VALUE udf.tax(c.n) FROM c', named: 'User-defined functions' },
  { feature: 'ORDER BY a function', query: 'SELECT * FROM c ORDER BY LOWER(c.kind)', named: 'A function in ORDER BY' },
  {
    feature: 'ORDER BY several properties without a composite index of them',
    query: 'SELECT * FROM c ORDER BY c.kind, c.n',
    named: 'composite index',
  },
];
