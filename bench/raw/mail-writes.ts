import { randomUUID } from 'node:crypto';
import type { Container, OperationInput } from '@azure/cosmos';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { openDatabase } from '../../shared/persistence/cosmos/cosmos.ts';
import { provisionContainers } from '../../shared/persistence/cosmos/provision-containers.ts';

const container = 'bench-raw-mails';
/** As much as an event has, and a document besides what stands below. */
const filling = 'x'.repeat(600);

/** The three writes of a mail, by the product's own client and nothing around them. */
export interface RawMails extends Disposable {
  write(): Promise<void>;
}

export async function rawMails(cosmos: StackFile['cosmos']): Promise<RawMails> {
  const { endpoint: COSMOS_ENDPOINT, key: COSMOS_KEY, database: COSMOS_DATABASE } = cosmos;
  const database = openDatabase({ COSMOS_ENDPOINT, COSMOS_KEY, COSMOS_DATABASE });
  await provisionContainers(database, [{ name: container }]);
  const mails = database.container(container);
  return {
    async write() {
      const boundary = `main/recipient:${randomUUID()}`;
      const document = (id: string, fields = {}) => ({ id, boundary, kind: id, version: 1, filling, ...fields });
      const delivery = (dueAt: string) => document('delivery', { dueAt });
      const owed = (id: string) => create(document(id, { dueAt: new Date().toISOString() }));
      const now = new Date().toISOString();
      // The notice and its mail, with the events that tell of them; the claim; the settling, with the event that tells of it.
      await batch(mails, boundary, [owed('first'), create(document('notice')), create(delivery(now))]);
      await batch(mails, boundary, [replace(delivery(new Date().toISOString()))]);
      await batch(mails, boundary, [owed('second'), replace(document('delivery'))]);
    },
    [Symbol.dispose]: () => database.client.dispose(),
  };
}

interface Document {
  readonly id: string;
  readonly [field: string]: unknown;
}

const create = (resourceBody: Document) => ({ operationType: 'Create', resourceBody }) as OperationInput;
const replace = (resourceBody: Document) =>
  ({ operationType: 'Replace', id: resourceBody.id, resourceBody }) as OperationInput;

async function batch({ items }: Container, boundary: string, operations: OperationInput[]): Promise<void> {
  const { result } = await items.batch(operations, boundary, { contentResponseOnWriteEnabled: false });
  if (result?.some(({ statusCode }) => statusCode >= 400)) throw new Error('a raw batch was refused');
}
