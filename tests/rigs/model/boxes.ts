import { z } from 'zod';
import { directory } from '../../../shared/capabilities/directory.ts';
import { defineEvent } from '../../../shared/events/define-event.ts';
import { defineAggregate } from '../../../shared/model/aggregate.ts';
import { defineProjection } from '../../../shared/model/projection.ts';

const Content = z.object({ colour: z.string(), label: z.string() });

/** A box has this in it from now on; without content it is gone. */
export const BoxFilled = defineEvent({
  type: 'test.box.filled',
  version: 1,
  topic: 'platform-events',
  description: 'A box in a hall was filled, filled otherwise, or is gone.',
  data: z.object({ box: z.string(), hall: z.string(), content: Content.optional(), isMinor: z.boolean().optional() }),
  subject: ({ box }) => `box/${box}`,
  partitionKey: ({ hall }) => hall,
});

export const Box = defineAggregate({
  kind: 'box',
  state: z.object({ hall: z.string(), content: Content.optional() }),
  events: [BoxFilled],
  begin: { [BoxFilled.type]: ({ data: { hall, content } }) => ({ hall, content }) },
  evolve: { [BoxFilled.type]: ({ hall }, { data: { content } }) => ({ hall, content }) },
});

/** What is written on a box, which no event tells. */
export const BoxLabel = defineProjection({ kind: 'box-label', state: z.object({ words: z.string() }) });

export const boxBoundary = (box: string) => `box:${box}`;
export const hallBoundary = (hall: string) => `boxes-in:${hall}`;

export const boxes = directory({
  name: 'list-boxes',
  of: Box,
  beside: BoxLabel,
  on: BoxFilled,
  concerns: ({ data }) => data.isMinor !== true,
  boundary: ({ data }) => hallBoundary(data.hall),
  address: ({ data: { box } }) => ({ boundary: boxBoundary(box), id: box }),
  entry: ({ content }, label) => (content === undefined ? undefined : { ...content, words: label?.words }),
  filters: ['colour', 'words'],
  order: 'label',
});

/** A directory of the boxes without what is beside them. */
export const boxesAlone = (name: string) =>
  directory({
    name,
    of: Box,
    on: BoxFilled,
    boundary: ({ data }) => hallBoundary(data.hall),
    address: ({ data: { box } }) => ({ boundary: boxBoundary(box), id: box }),
    entry: ({ content }) => content,
    order: 'label',
  });
