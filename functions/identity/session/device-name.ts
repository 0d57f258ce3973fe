/** The first that fits is meant: others claim to be what they are like. */
const programs: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];
const systems: readonly (readonly [RegExp, string])[] = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\b(Mac OS X|Macintosh)\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/**
 * By which words somebody may know a device of theirs again: `Firefox on Windows`, `curl`. What its program says that it is
 * (`User-Agent`), so anything may be behind it.
 */
export function deviceName(userAgent: string): string {
  // The other name of a program that is no browser: RFC 9110, section 10.1.5.
  const [product] = /^[A-Za-z][\w.-]{0,39}/.exec(userAgent) ?? [];
  const program = nameIn(programs, userAgent) ?? (product === 'Mozilla' ? undefined : product);
  const system = nameIn(systems, userAgent);
  if (program === undefined) return system ?? 'unknown';
  return system === undefined ? program : `${program} on ${system}`;
}

function nameIn(names: typeof programs, userAgent: string): string | undefined {
  return names.find(([pattern]) => pattern.test(userAgent))?.[1];
}
