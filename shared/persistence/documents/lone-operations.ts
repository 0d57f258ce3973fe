import type { Container, OperationInput, OperationResponse } from '@azure/cosmos';
import { Together } from '../../async/together.ts';
import { bulkPieces } from './in-bulk.ts';
import { isTooLarge } from './store-errors.ts';

interface LoneOperation {
  readonly boundary: string;
  readonly operation: OperationInput;
}

/** The answer need not repeat what was written. */
export const withoutContent = { contentResponseOnWriteEnabled: false };

/**
 * Writes that need no other beside them: a batch of one is all or nothing however it is sent. So those of one turn go in one request,
 * whatever their boundaries, and each is done or refused by itself.
 */
export class LoneOperations {
  readonly #container: Container;
  readonly #together: Together<LoneOperation, OperationResponse>;

  constructor(container: Container) {
    this.#container = container;
    this.#together = new Together((operations) => this.#sendAll(operations));
  }

  send(boundary: string, operation: OperationInput): Promise<OperationResponse> {
    return this.#together.ask({ boundary, operation });
  }

  async #sendAll(operations: readonly LoneOperation[]): Promise<readonly OperationResponse[]> {
    return (await Promise.all(bulkPieces(operations).map((piece) => this.#sendPiece(piece)))).flat();
  }

  async #sendPiece(piece: readonly LoneOperation[]): Promise<readonly OperationResponse[]> {
    if (piece.length === 1) return Promise.all(piece.map((one) => this.#sendAlone(one)));
    try {
      const operations = piece.map(({ boundary, operation }) => ({ ...operation, partitionKey: boundary }));
      return await this.#container.items.bulk(operations, { continueOnError: true }, withoutContent);
    } catch (error) {
      // Together they were too large.
      if (!isTooLarge(error)) throw error;
      return Promise.all(piece.map((one) => this.#sendAlone(one)));
    }
  }

  async #sendAlone({ boundary, operation }: LoneOperation): Promise<OperationResponse> {
    const { result = [] } = await this.#container.items.batch([operation], boundary, withoutContent);
    const [answer] = result;
    if (answer === undefined) throw new Error('Cosmos DB did not answer the one operation of a batch');
    return answer;
  }
}
