import { consistencyWarning } from '../persistence/cosmos/consistency.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';
import { type StoreTrouble, StoreUnavailableError } from '../persistence/documents/store-errors.ts';
import type { Dependency } from '../telemetry/service-health.ts';

/** What is wrong, as far as the world may know it, and what to look at. */
const wrong: Readonly<Record<StoreTrouble, string>> = {
  unreachable: 'Cosmos DB unreachable',
  access: "Cosmos DB refuses access (COSMOS_KEY, or the rights of the app's identity)",
  missing: 'Cosmos DB has no container for this service (npm run provision)',
};

/** @throws whatever keeps the store from answering. */
export async function storeAnswers(container: DocumentContainer): Promise<Dependency> {
  const [level] = await Promise.all([container.weakConsistency(), container.ping()]);
  return level === undefined ? { status: 'ok' } : { status: 'degraded', detail: consistencyWarning(level) };
}

export function storeTrouble(error: unknown): Dependency {
  const trouble = error instanceof StoreUnavailableError ? error.trouble : 'unreachable';
  return { status: 'down', detail: `${wrong[trouble]}: nothing can be read or written` };
}
