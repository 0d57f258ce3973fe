import type { Settings } from './settings.ts';

type Tree = Record<string, unknown>;

/**
 * Lays settings named `AzureFunctionsJobHost__extensions__kafka__maxBatchSize` over host.json, as the real host does
 * (https://learn.microsoft.com/azure/azure-functions/functions-host-json#override-hostjson-values).
 */
export function withOverrides(hostJson: unknown, settings: Settings): unknown {
  if (!isTree(hostJson)) return hostJson;
  const result = structuredClone(hostJson);
  for (const [name, value] of Object.entries(settings)) {
    const [prefix, ...keys] = name.split('__');
    if (prefix?.toLowerCase() === 'azurefunctionsjobhost' && value !== undefined) put(result, keys, value);
  }
  return result;
}

function put(tree: Tree, [key, ...deeper]: readonly string[], value: string): void {
  if (key === undefined) return;
  const known = Object.keys(tree).find((name) => name.toLowerCase() === key.toLowerCase()) ?? key;
  if (deeper.length === 0) {
    tree[known] = value;
    return;
  }
  const member = tree[known];
  const branch = isTree(member) ? member : {};
  tree[known] = branch;
  put(branch, deeper, value);
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
