import type { Readable, Reader, Seen } from '../../../shared/persistence/reading/reader.ts';
import { ConsentDecision, type Decision } from '../consent/consent.ts';
import { customerBoundary } from '../customer/customer.ts';
import { Interaction, type InteractionView, viewOfInteraction } from '../interaction/interaction.ts';

/** Every decision of a customer, by purpose and time. */
export async function allDecisions(reader: Reader, customerId: string): Promise<Decision[]> {
  return (await allOf(reader, ConsentDecision, customerId)).map(({ state }) => state);
}

/** Everything that staff had to do with a customer, the oldest first. */
export async function allInteractions(reader: Reader, customerId: string): Promise<InteractionView[]> {
  return (await allOf(reader, Interaction, customerId)).map(({ id, state }) => viewOfInteraction(id, state));
}

const pageSize = 100;

async function allOf<State>(
  reader: Reader,
  type: Readable<State>,
  customerId: string,
): Promise<readonly Seen<State>[]> {
  const all: Seen<State>[] = [];
  let page: readonly Seen<State>[];
  do {
    const after = all.at(-1)?.id;
    page = await reader.list(type, customerBoundary(customerId), { order: 'ascending', after, limit: pageSize });
    all.push(...page);
  } while (page.length === pageSize);
  return all;
}
