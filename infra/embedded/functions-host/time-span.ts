const pattern = /^(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,7}))?)?$/;

/**
 * Milliseconds of a .NET TimeSpan, `[d.]hh:mm[:ss[.fffffff]]`, the form of durations in host.json and of interval timers
 * (https://learn.microsoft.com/dotnet/standard/base-types/standard-timespan-format-strings).
 *
 * @returns undefined when it is no TimeSpan.
 */
export function parseTimeSpan(text: string): number | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [days, hours, minutes, seconds] = match.slice(1, 5).map((part) => Number(part ?? 0));
  if (days === undefined || hours === undefined || minutes === undefined || seconds === undefined) return undefined;
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds + Number(`0.${match[5] ?? 0}`)) * 1000;
}
