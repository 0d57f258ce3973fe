import type { Container, OperationResponse } from '@azure/cosmos';
import { requestChargeOf } from '../cosmos/request-charge.ts';
import { type BatchOperation, inputOf } from './batch-operation.ts';
import { mostOperations, substatusOf } from './in-bulk.ts';
import { LoneOperations, withoutContent } from './lone-operations.ts';
import { isTooLarge, refusalOf, troubleOf } from './store-errors.ts';

type Batch = readonly BatchOperation[];
type Results = readonly OperationResponse[];

/** What became of each operation of a batch, and what all of it was charged. */
export interface BatchAnswer {
  readonly results: Results;
  readonly requestCharge: number;
}

interface Asked {
  readonly batch: Batch;
  readonly resolve: (answer: Promise<BatchAnswer>) => void;
}

/**
 * Writes batches, each of them as a whole or not at all. Those of one boundary that come in one turn of the event loop go as one, unless two
 * of them write the same document. Where the one is refused, each is sent by itself, so that nobody is refused for another. Where it stays
 * open whether the one was written, it is open for each of them: each comes again, and meets its own receipt where it was.
 */
export class SharedBatches {
  readonly #container: Container;
  readonly #lone: LoneOperations;
  readonly #askedIn = new Map<string, Asked[]>();

  constructor(container: Container) {
    this.#container = container;
    this.#lone = new LoneOperations(container);
  }

  async write(boundary: string, batch: Batch): Promise<BatchAnswer> {
    const [only, ...others] = batch;
    if (only !== undefined && others.length === 0) return answerOf([await this.#lone.send(boundary, inputOf(only))]);
    const { promise, resolve } = Promise.withResolvers<BatchAnswer>();
    const asked = this.#askedIn.get(boundary) ?? [];
    if (asked.length === 0) setImmediate(() => this.#send(boundary, asked));
    this.#askedIn.set(boundary, asked);
    asked.push({ batch, resolve });
    return promise;
  }

  #send(boundary: string, asked: readonly Asked[]): void {
    this.#askedIn.delete(boundary);
    for (const piece of apart(asked)) this.#sendPiece(boundary, piece);
  }

  #sendPiece(boundary: string, piece: readonly Asked[]): void {
    if (piece.length === 1) {
      for (const { batch, resolve } of piece) resolve(this.#writeAlone(boundary, batch));
      return;
    }
    const written = this.#writeAsOne(boundary, piece);
    let end = 0;
    for (const { batch, resolve } of piece) {
      const start = end;
      end += batch.length;
      const ofBatch = (results: Results) => this.#answerWithin(boundary, batch, results, [start, start + batch.length]);
      resolve(written.then(ofBatch));
    }
  }

  /** What became of a batch by the results of all that went with it. */
  async #answerWithin(
    boundary: string,
    batch: Batch,
    results: Results,
    [start, end]: readonly [number, number],
  ): Promise<BatchAnswer> {
    const answer = answerOf(results.slice(start, end));
    if (results.length > 0 && !results.some(isRefused)) return answer;
    const alone = await this.#writeAlone(boundary, batch);
    return { ...alone, requestCharge: alone.requestCharge + answer.requestCharge };
  }

  async #writeAlone(boundary: string, batch: Batch): Promise<BatchAnswer> {
    const answer = await this.#container.items.batch(batch.map(inputOf), boundary, withoutContent);
    return { results: answer.result ?? [], requestCharge: requestChargeOf(answer) };
  }

  /** No results where all of it was too large. @throws StoreUnavailableError where waiting can help */
  async #writeAsOne(boundary: string, piece: readonly Asked[]): Promise<Results> {
    const operations = piece.flatMap(({ batch }) => batch.map(inputOf));
    try {
      const { result = [] } = await this.#container.items.batch(operations, boundary, withoutContent);
      const refused = result.find(isRefused);
      if (refused === undefined) return result;
      const [status, substatus] = [refused.statusCode, substatusOf(refused)];
      if (troubleOf(status, substatus) !== undefined)
        throw refusalOf(`a batch in container ${this.#container.id}`, status, substatus);
      return result;
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      return [];
    }
  }
}

/** Whether it is for this operation that a batch was refused: to all others of it 424 is said. */
export function isRefused({ statusCode }: OperationResponse): boolean {
  return statusCode >= 400 && statusCode !== 424;
}

function answerOf(results: Results): BatchAnswer {
  return { results, requestCharge: requestChargeOf(results) };
}

/** As few pieces as possible that a batch each can be made of. */
function apart(asked: readonly Asked[]): readonly (readonly Asked[])[] {
  const pieces: Asked[][] = [];
  for (const one of asked) {
    const piece = pieces.find((other) => areOneBatch([...other, one]));
    if (piece === undefined) pieces.push([one]);
    else piece.push(one);
  }
  return pieces;
}

function areOneBatch(piece: readonly Asked[]): boolean {
  const ids = piece.flatMap(({ batch }) => batch.map(({ document }) => document.id));
  return ids.length <= mostOperations && new Set(ids).size === ids.length;
}
