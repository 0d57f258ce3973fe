import type { OperationInput, OperationResponse } from '@azure/cosmos';
import { CommitRefusedError, isTooLarge, refusalOf } from './store-errors.ts';

/** How many operations a bulk request takes. */
export const mostOperations = 100;

/** Operations in pieces of as many as a bulk request takes. */
export function bulkPieces<Operation>(
  operations: readonly Operation[],
  size = mostOperations,
): readonly (readonly Operation[])[] {
  return Array.from({ length: Math.ceil(operations.length / size) }, (_, index) =>
    operations.slice(index * size, (index + 1) * size),
  );
}

/** Sends one bulk request; the answers are in the order of the operations. */
type Send = (operations: readonly OperationInput[]) => Promise<readonly OperationResponse[]>;

/**
 * Each operation by itself, in as few requests as possible, whatever becomes of the others; a document that is not there is
 * no failure.
 *
 * An answer has 4 MB at most. What of it does not fit is answered 413 in its place, and asked for again; where nothing fits,
 * half as many are asked for at once. Source: https://github.com/Azure/azure-cosmos-dotnet-v3/pull/2124
 *
 * @throws StoreUnavailableError when one was not done for now: which of the others were is open.
 * @throws CommitRefusedError when one was refused for good.
 */
export function inBulk(operations: readonly OperationInput[], send: Send): Promise<readonly OperationResponse[]> {
  return oneByOne(bulkPieces(operations), send);
}

async function oneByOne(
  pieces: readonly (readonly OperationInput[])[],
  send: Send,
): Promise<readonly OperationResponse[]> {
  const answers: OperationResponse[] = [];
  for (const piece of pieces) answers.push(...(await whole(piece, send)));
  return answers;
}

async function whole(operations: readonly OperationInput[], send: Send): Promise<readonly OperationResponse[]> {
  const answers = await sent(operations, send);
  const failed = answers.find((answer) => answer.statusCode >= 400 && !isCut(answer) && !isAbsent(answer));
  if (failed !== undefined) throw refusalOf('an operation of a bulk request', failed.statusCode, substatusOf(failed));
  const cut = operations.filter((_, index) => isCut(answers[index]));
  if (cut.length === 0) return answers;
  if (operations.length === 1)
    throw new CommitRefusedError('Cosmos DB refused one operation of a bulk request as too large (413)');
  const size = cut.length < operations.length ? cut.length : Math.ceil(cut.length / 2);
  const again = (await oneByOne(bulkPieces(cut, size), send)).values();
  return answers.map((answer) => (isCut(answer) ? (again.next().value ?? answer) : answer));
}

/** A request that is refused as a whole for its size was too large for each of its operations. */
async function sent(operations: readonly OperationInput[], send: Send): Promise<readonly OperationResponse[]> {
  try {
    return await send(operations);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    return operations.map(() => ({ statusCode: 413, requestCharge: 0 }));
  }
}

function isCut(answer: OperationResponse | undefined): boolean {
  return answer?.statusCode === 413;
}

function isAbsent(answer: OperationResponse): boolean {
  return answer.statusCode === 404 && substatusOf(answer) === 0;
}

/** The service says it of each operation; the SDK hands it on, and its types do not know it. */
export function substatusOf(answer: OperationResponse): number {
  return 'subStatusCode' in answer && typeof answer.subStatusCode === 'number' ? answer.subStatusCode : 0;
}
