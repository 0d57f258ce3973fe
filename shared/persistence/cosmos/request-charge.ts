import { Constants } from '@azure/cosmos';

/**
 * The request units that the SDK's answer, or the error in its place, was charged; 0 where it does not say. Items and
 * queries say it as a property, a batch in its headers, a bulk request for each of its operations; an error may wrap the
 * one that says it.
 */
export function requestChargeOf(answer: unknown): number {
  if (Array.isArray(answer)) return answer.reduce((sum: number, one) => sum + requestChargeOf(one), 0);
  if (typeof answer !== 'object' || answer === null) return 0;
  if ('requestCharge' in answer && isCharge(answer.requestCharge)) return answer.requestCharge;
  if ('headers' in answer) return chargeInHeaders(answer.headers);
  return 'cause' in answer ? requestChargeOf(answer.cause) : 0;
}

function chargeInHeaders(headers: unknown): number {
  if (typeof headers !== 'object' || headers === null) return 0;
  const charge = Number(Reflect.get(headers, Constants.HttpHeaders.RequestCharge));
  return isCharge(charge) ? charge : 0;
}

function isCharge(charge: unknown): charge is number {
  return typeof charge === 'number' && Number.isFinite(charge) && charge >= 0;
}
