import { type BusMessage, busMessage } from '../bus/bus-message.ts';
import { bytesOnTheBus } from '../events/message-size.ts';
import type { OutboxDocument } from '../persistence/commit/outbox.ts';
import type { DocumentContainer } from '../persistence/documents/document-container.ts';

/**
 * What became of an outbox document: sent and removed; refused by the bus for what it is; tried in vain; or left to the next
 * sweep, since its topic cannot be written just now or it is on its way already.
 */
export type SendOutcome = 'sent' | 'refused' | 'failed' | 'left';

/** An outbox document on its way. Its messages are held in its parts, and nowhere else. */
export interface OwedCommit {
  readonly outbox: Pick<OutboxDocument, 'id' | 'boundary' | 'version' | '_etag' | 'dueAttempts'>;
  readonly container: DocumentContainer;
  /** The id of the document that carries it in place of the outbox document, where one does. */
  readonly carrier?: string | undefined;
  /** It was found by the sweep: the process that committed it may still wait for the answer to its commit. */
  readonly isFound: boolean;
  /** What it takes in memory, roughly. */
  readonly bytes: number;
  readonly topics: ReadonlySet<string>;
  /** What became of what is owed to each topic, as far as it is known. */
  readonly outcomes: Map<string, SendOutcome>;
  /** Told what became of the whole. */
  readonly settle: (outcome: SendOutcome) => void;
}

/** Messages of one commit to one topic, as many as one request takes. */
export interface Part {
  readonly commit: OwedCommit;
  readonly topic: string;
  readonly messages: readonly BusMessage[];
  readonly bytes: number;
  /** It ends what the commit owes to the topic. */
  readonly isLast: boolean;
}

/** A record batch of one partition may have 1 MiB: kept below it even where a whole request goes to one partition. */
export const maxRequestBytes = 900_000;

/** What a commit takes besides its messages. */
export const overheadBytes = 1_000;

export function owedCommit(
  outbox: OutboxDocument,
  origin: Pick<OwedCommit, 'container' | 'carrier' | 'isFound' | 'settle'>,
): { readonly commit: OwedCommit; readonly parts: readonly Part[] } {
  const { id, boundary, version, _etag, dueAttempts } = outbox;
  const byTopic = Map.groupBy(outbox.messages.map(busMessage), ({ topic }) => topic);
  const pieces = [...byTopic].flatMap(([topic, messages]) => piecesOf(topic, messages));
  const commit: OwedCommit = {
    ...origin,
    outbox: { id, boundary, version, _etag, dueAttempts },
    bytes: pieces.reduce((sum, { bytes }) => sum + bytes, overheadBytes),
    topics: new Set(byTopic.keys()),
    outcomes: new Map(),
  };
  return { commit, parts: pieces.map((piece) => ({ ...piece, commit })) };
}

const worstFirst = ['refused', 'failed', 'left'] as const;

/** What became of the whole: it is as bad as the worst of its topics. */
export function outcomeOf({ outcomes }: OwedCommit): SendOutcome {
  for (const outcome of worstFirst) {
    for (const ofTopic of outcomes.values()) if (ofTopic === outcome) return outcome;
  }
  return 'sent';
}

/** Cuts messages, in order, into as few pieces as requests can take; a message that is larger still goes by itself. */
function piecesOf(topic: string, messages: readonly BusMessage[]): readonly Omit<Part, 'commit'>[] {
  const pieces: { readonly messages: BusMessage[]; bytes: number }[] = [];
  for (const message of messages) {
    const bytes = bytesOnTheBus(message);
    const last = pieces.at(-1);
    if (last === undefined || last.bytes + bytes > maxRequestBytes) {
      pieces.push({ messages: [message], bytes });
      continue;
    }
    last.messages.push(message);
    last.bytes += bytes;
  }
  return pieces.map((piece, index) => ({ ...piece, topic, isLast: index === pieces.length - 1 }));
}
