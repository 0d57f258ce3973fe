/** The first bundle with Kafka extension 4.3.2 (https://github.com/Azure/azure-functions-extension-bundles/pull/723). */
export const firstBundleThatKeepsFailures = '4.37.0';

/** The lowest version of a range such as `[4.37.0, 5.0.0)` (https://learn.microsoft.com/nuget/concepts/package-versioning#version-ranges). */
const lowest = /^[[(]?\s*(\d+)\.(\d+|\*)(?:\.(\d+|\*))?/;

/**
 * Whether each bundle of a range keeps a batch that failed where host.json asks for it (`commitOnFailure: false`). Older ones
 * ignore that key and `maxRetries`, and commit what failed (https://github.com/Azure/azure-functions-kafka-extension/pull/615).
 */
export function keepsFailures(bundles: string): boolean {
  const bound = lowest.exec(bundles.trim());
  return bound !== null && !isOlder(bound.slice(1), firstBundleThatKeepsFailures.split('.'));
}

/** A number that is missing or any (`*`) admits zero. */
function isOlder(version: readonly (string | undefined)[], than: readonly string[]): boolean {
  const numbers = version.map((part) => Number(part ?? 0) || 0);
  const first = numbers.findIndex((number, index) => number !== Number(than[index]));
  return first >= 0 && (numbers[first] ?? 0) < Number(than[first]);
}
