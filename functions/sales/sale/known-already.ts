import { reject } from '../../../shared/model/rejection.ts';
import type { IsMeantSession } from './meant-session.ts';
import { type SaidSale, saysTheSame } from './said-sale.ts';
import type { SaleState } from './sale.ts';

/**
 * Whether what a till says of a sale is known: it has said so before, or has said something later since. A till that has lost an
 * answer says it again, and what it said first may arrive last.
 *
 * @throws Rejection sale-reused where the id is another sale's; illegal-transition where the sale is cancelled, and it has not happened
 *   without the network.
 */
export function isKnownAlready(sale: SaleState, said: SaidSale, isMeantSession: IsMeantSession): boolean {
  const isSame = saysTheSame(sale, said, isMeantSession);
  const isParking = said.payments === undefined;
  if (sale.status === 'open') return isParking && isParkedAlready(sale, said.revision, isSame);
  if (isParking && (isSame || isOvertaken(sale, said.revision))) return true;
  if (sale.status === 'cancelled') return isPastCancelling(sale, said);
  if (!isSame) throw reusedBy(sale);
  return true;
}

/**
 * What a till has done without the network comes in any order: a change of a parked sale that is given up changes nothing more, and
 * that it was paid is news, whoever has cancelled it here.
 */
function isPastCancelling({ saleId }: SaleState, { offline, payments }: SaidSale): boolean {
  if (offline) return payments === undefined;
  throw reject('illegal-transition', `the sale ${saleId} is cancelled: sell under an id of its own`);
}

/** A till that counts its changes is told what it has said before from what it says now; of one that does not, the last word counts. */
function isParkedAlready(sale: SaleState, revision: number | undefined, isSame: boolean): boolean {
  if (revision === undefined || sale.revision === undefined) return isSame && revision === undefined;
  if (revision === sale.revision && !isSame) throw reusedBy(sale);
  return revision <= sale.revision;
}

function isOvertaken({ status, revision: last }: SaleState, revision: number | undefined): boolean {
  return revision !== undefined && (last === undefined ? status !== 'cancelled' : revision <= last);
}

function reusedBy({ saleId, status }: SaleState) {
  return reject('sale-reused', `the sale ${saleId} is ${status}, and another one than this`);
}
