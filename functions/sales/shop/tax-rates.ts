import type { TaxHistory, TaxStep } from '../../../shared/events/contracts/sales.ts';
import type { LocalDate } from '../../../shared/local-date.ts';

/** What somebody says of a tax: its rate, from a day on where they name one. */
export interface SaidTax {
  readonly name: string;
  /** In hundredths of a percent. */
  readonly percent: number;
  readonly validFrom?: LocalDate | undefined;
}

/** The rate that a tax has on a day, in hundredths of a percent; nothing where the shop does not have it then. */
export function rateOn(taxRates: readonly TaxHistory[], name: string, day: LocalDate): number | undefined {
  return stepOn(historyOf(taxRates, name), day)?.rate;
}

/** The rate that a tax had last, whether or not the shop still has it: for what was sold before anybody could know. */
export function lastRateOf(taxRates: readonly TaxHistory[], name: string): number | undefined {
  return historyOf(taxRates, name).findLast(({ rate }) => rate !== undefined)?.rate;
}

/** Whether the shop has the tax, or will. */
export function hasTax(taxRates: readonly TaxHistory[], name: string): boolean {
  return historyOf(taxRates, name).at(-1)?.rate !== undefined;
}

/** The taxes that a shop begins with: without a day, they have always been so. */
export function firstTaxes(said: readonly SaidTax[]): TaxHistory[] {
  return withTaxes([], said, undefined);
}

/**
 * The taxes of a shop once the list has become this one. A rate that differs counts from the day that is named, else from
 * `today`; what was planned for later goes then. A tax that is not in the list ends today, and is remembered: for what tills sold
 * before they knew.
 */
export function withTaxes(
  taxRates: readonly TaxHistory[],
  said: readonly SaidTax[],
  today: LocalDate | undefined,
): TaxHistory[] {
  const ended = taxRates
    .filter(({ name }) => !said.some((tax) => tax.name === name))
    .map(({ name, history }) => ({ name, history: withStep(history, stepFrom(today, undefined)) }));
  const kept = [...Map.groupBy(said, ({ name }) => name)].map(([name, steps]) => ({
    name,
    history: steps
      .toSorted((one, other) => (one.validFrom ?? today ?? '').localeCompare(other.validFrom ?? today ?? ''))
      .reduce((history, tax) => withSaid(history, tax, today), historyOf(taxRates, name)),
  }));
  return [...kept, ...ended];
}

function withSaid(history: TaxStep[], { percent, validFrom }: SaidTax, today: LocalDate | undefined): TaxStep[] {
  const isSaidAlready = validFrom === undefined && today !== undefined && stepOn(history, today)?.rate === percent;
  return isSaidAlready ? history : withStep(history, stepFrom(validFrom ?? today, percent));
}

function withStep(history: readonly TaxStep[], step: TaxStep): TaxStep[] {
  const before = history.filter(({ validFrom }) => (validFrom ?? '') < (step.validFrom ?? ''));
  return before.length > 0 && before.at(-1)?.rate === step.rate ? before : [...before, step];
}

function stepFrom(validFrom: LocalDate | undefined, rate: number | undefined): TaxStep {
  return { ...(validFrom === undefined ? {} : { validFrom }), ...(rate === undefined ? {} : { rate }) };
}

function stepOn(history: readonly TaxStep[], day: LocalDate): TaxStep | undefined {
  return history.findLast(({ validFrom }) => validFrom === undefined || validFrom <= day);
}

function historyOf(taxRates: readonly TaxHistory[], name: string): TaxStep[] {
  return taxRates.find((tax) => tax.name === name)?.history ?? [];
}
