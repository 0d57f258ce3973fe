import { z } from 'zod';
import { InteractionDirection, InteractionKind } from '../../../shared/events/contracts/customers.ts';
import { defineProjection } from '../../../shared/model/projection.ts';

/** That staff had to do with a customer, and what was said. Put, not recorded: its event tells no word of it. */
export const Interaction = defineProjection({
  kind: 'interaction',
  state: z.object({
    kindOf: InteractionKind,
    direction: InteractionDirection,
    at: z.iso.datetime(),
    by: z.string(),
    text: z.string(),
    followUpAt: z.iso.datetime().optional(),
    /** When it was followed up. */
    doneAt: z.iso.datetime().optional(),
  }),
});
export type InteractionState = ReturnType<typeof Interaction.parse>;

/** What lists of interactions are sorted by. */
export const interactionIndexes = { filtered: [], sorted: ['at'] };

export const InteractionView = z
  .object({
    id: z.uuid(),
    kind: InteractionKind,
    direction: InteractionDirection,
    at: z.iso.datetime(),
    by: z.string().describe('Who of the staff it was'),
    text: z.string(),
    followUpAt: z.iso.datetime().optional().describe('When somebody has to come back to it'),
    doneAt: z.iso.datetime().optional().describe('When that was done'),
  })
  .meta({ id: 'Interaction', description: 'That staff had to do with a customer' });
export type InteractionView = z.output<typeof InteractionView>;

export function viewOfInteraction(id: string, { kindOf: kind, ...interaction }: InteractionState): InteractionView {
  return { id, kind, ...interaction };
}
