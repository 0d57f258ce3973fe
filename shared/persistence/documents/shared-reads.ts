import type { Container } from '@azure/cosmos';
import { Together } from '../../async/together.ts';
import { requestChargeOf } from '../cosmos/request-charge.ts';
import { inBulk } from './in-bulk.ts';
import { placeKey } from './recent-documents.ts';
import { refusalOf, troubleOf } from './store-errors.ts';
import { StoredDocument } from './stored-document.ts';

/** Where a document is. */
export type DocumentPlace = Pick<StoredDocument, 'boundary' | 'id'>;

/** A document as it is, where there is one, and what it was charged to look. */
export interface PointRead {
  readonly document: StoredDocument | undefined;
  readonly requestCharge: number;
}

type PointReads = readonly PointRead[];

/**
 * Reads documents by their ids, in as few requests as possible: what is asked for in one turn of the event loop goes together, whoever asks,
 * and a document that several ask for is read once, at the charge of the first.
 */
export class SharedReads {
  readonly #container: Container;
  readonly #together: Together<readonly DocumentPlace[], PromiseSettledResult<PointReads>>;

  constructor(container: Container) {
    this.#container = container;
    this.#together = new Together((asked) => this.#readTogether(asked));
  }

  /** In the order of the places. @throws StoreUnavailableError, CommitRefusedError, or what the SDK throws, where one cannot be read */
  async read(places: readonly DocumentPlace[]): Promise<PointReads> {
    const answer = await this.#together.ask(places);
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  }

  /** Not with what others ask for: a point read. */
  async readAlone({ boundary, id }: DocumentPlace): Promise<PointRead> {
    const { resource, statusCode, substatus = 0, requestCharge } = await this.#container.item(id, boundary).read();
    // To the SDK every 404 is a document that is not there: also one of a container, or of a session that is not known yet.
    if (troubleOf(statusCode, substatus) !== undefined)
      throw refusalOf(`a read in container ${this.#container.id}`, statusCode, substatus);
    return { document: resource === undefined ? undefined : StoredDocument.parse(resource), requestCharge };
  }

  /** Where one of all cannot be read, only those who asked for it are told. */
  async #readTogether(
    asked: readonly (readonly DocumentPlace[])[],
  ): Promise<readonly PromiseSettledResult<PointReads>[]> {
    const apart = (read: (places: readonly DocumentPlace[]) => Promise<PointReads>) =>
      Promise.allSettled(asked.map(read));
    if (asked.length === 1) return apart((places) => this.#readAll(places));
    const wanted = new Map(asked.flat().map((place) => [placeKey(place), place]));
    try {
      const read = await this.#readAll([...wanted.values()]);
      const found = new Map([...wanted.keys()].map((key, index) => [key, read[index]]));
      return await apart(async (places) =>
        places.map((place) => {
          const key = placeKey(place);
          const one = found.get(key);
          const document = one?.document;
          found.set(key, { document, requestCharge: 0 });
          return { document, requestCharge: one?.requestCharge ?? 0 };
        }),
      );
    } catch {
      return apart((places) => this.#readAll(places));
    }
  }

  async #readAll(places: readonly DocumentPlace[]): Promise<PointReads> {
    const [only, ...others] = places;
    if (only !== undefined && others.length === 0) return [await this.readAlone(only)];
    const results = await inBulk(
      places.map(({ boundary, id }) => ({ operationType: 'Read', id, partitionKey: boundary })),
      (some) => this.#container.items.bulk([...some], { continueOnError: true }),
    );
    return results.map((result) => ({
      document: result.resourceBody === undefined ? undefined : StoredDocument.parse(result.resourceBody),
      requestCharge: requestChargeOf(result),
    }));
  }
}
