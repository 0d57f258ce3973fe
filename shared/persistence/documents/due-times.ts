/**
 * So far ahead whoever asks for what is due looks. Nobody has to ask again before, unless something comes due meanwhile
 * (`DueTimes`).
 */
export const lookAheadMs = 5_000;

/** So far whoever asks for what documents carry looks: only a crash leaves it to them. */
export const carriedLookAheadMs = 15_000;

/**
 * Tells when documents of a container come due, as far as this process wrote them, or saw one when it asked. Times are ISO 8601
 * in UTC.
 */
export class DueTimes {
  readonly #watchers: ((dueAt: string) => void)[] = [];

  watch(watcher: (dueAt: string) => void): void {
    this.#watchers.push(watcher);
  }

  tell(dueAt: string): void {
    for (const watcher of this.#watchers) watcher(dueAt);
  }
}
