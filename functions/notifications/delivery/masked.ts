/** Enough of an address to know it by, and not enough to write to: `a…@example.com`. */
export function maskedAddress(address: string): string {
  return `${firstLetter(address)}…${address.slice(address.lastIndexOf('@'))}`;
}

/** Enough of a telephone to know it by, and not enough to call: `+49…67`. */
export function maskedTelephone(telephone: string): string {
  return `${telephone.slice(0, 3)}…${telephone.slice(-2)}`;
}

function firstLetter(text: string): string {
  const [first = ''] = text;
  return first;
}
