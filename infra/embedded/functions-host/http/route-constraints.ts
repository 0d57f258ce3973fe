/** Whether a route parameter's value is acceptable. */
export type RouteConstraint = (value: string) => boolean;

const guid = /^[({]?[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}[)}]?$/i;
const integer = /^[+-]?\d+$/;
const decimal = /^[+-]?(\d+\.?\d*|\.\d+)$/;
const real = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

function within(value: string, least: bigint, most: bigint): boolean {
  return integer.test(value) && BigInt(value) >= least && BigInt(value) <= most;
}

const int64 = { least: -(2n ** 63n), most: 2n ** 63n - 1n };

/** ASP.NET's constraints by name (https://learn.microsoft.com/aspnet/core/fundamentals/routing#route-constraints). */
const constraints: Readonly<Record<string, (...args: number[]) => RouteConstraint>> = {
  int: () => (value) => within(value, -(2n ** 31n), 2n ** 31n - 1n),
  long: () => (value) => within(value, int64.least, int64.most),
  bool: () => (value) => /^(true|false)$/i.test(value),
  guid: () => (value) => guid.test(value),
  alpha: () => (value) => /^[a-z]*$/i.test(value),
  decimal: () => (value) => decimal.test(value),
  double: () => (value) => real.test(value),
  float: () => (value) => real.test(value),
  required: () => (value) => value !== '',
  length:
    (least = 0, most = least) =>
    ({ length }) =>
      length >= least && length <= most,
  minlength:
    (least = 0) =>
    ({ length }) =>
      length >= least,
  maxlength:
    (most = 0) =>
    ({ length }) =>
      length <= most,
  min:
    (least = 0) =>
    (value) =>
      within(value, BigInt(least), int64.most),
  max:
    (most = 0) =>
    (value) =>
      within(value, int64.least, BigInt(most)),
  range:
    (least = 0, most = 0) =>
    (value) =>
      within(value, BigInt(least), BigInt(most)),
};

/**
 * The constraint written as `int` or `length(2,5)`.
 *
 * @returns undefined for one that is not known here (`regex` and `datetime` among them) or has no numbers as arguments.
 */
export function routeConstraint(text: string): RouteConstraint | undefined {
  const match = /^(\w+)(?:\(([-\d,\s]*)\))?$/.exec(text);
  const make = constraints[match?.[1]?.toLowerCase() ?? ''];
  const args = match?.[2]?.split(',').map(Number) ?? [];
  return args.every(Number.isSafeInteger) ? make?.(...args) : undefined;
}
