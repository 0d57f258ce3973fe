interface WorkersOptions<Item> {
  /** How many items are worked on at once. */
  readonly atOnce: number;
  /** How many more may wait. */
  readonly waiting: number;
  /** What tells one item from another: the same is not there twice. */
  readonly keyOf: (item: Item) => string;
  /** Deals with its own errors: it must not reject. */
  readonly work: (item: Item) => Promise<void>;
}

/**
 * Works on a few items at once, in the order in which they came, and lets a few more wait. What there is no room for is refused:
 * whoever offers it has another way to come back to it.
 *
 * @example
 * const workers = new Workers<string>({ atOnce: 8, waiting: 100, keyOf: (id) => id, work: async () => undefined });
 * const isTaken = workers.offer('order-1');
 */
export class Workers<Item> {
  readonly #options: WorkersOptions<Item>;
  readonly #waiting = new Map<string, Item>();
  readonly #underWay = new Map<string, Promise<void>>();
  #whenRoom: (() => void)[] = [];
  #isStopping = false;

  constructor(options: WorkersOptions<Item>) {
    this.#options = options;
  }

  /** How many are worked on. */
  get underWay(): number {
    return this.#underWay.size;
  }

  /** Takes the item, unless all places are taken; tells whether it waits. One that is under way is worked on once more afterwards. */
  offer(item: Item): boolean {
    const key = this.#options.keyOf(item);
    if (this.#waiting.has(key)) return true;
    if (this.#isStopping || !this.#hasRoom) return false;
    this.#waiting.set(key, item);
    this.#startMore();
    return true;
  }

  /** Settles once there is room for another item, or none is taken any more. */
  async room(): Promise<void> {
    while (!this.#hasRoom && !this.#isStopping) await new Promise<void>((resolve) => this.#whenRoom.push(resolve));
  }

  /** Lets go of what waits. */
  dropWaiting(): void {
    this.#waiting.clear();
    this.#tellOfRoom();
  }

  /** Takes nothing any more, and ends what is under way. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.dropWaiting();
    await this.idle();
  }

  /** Settles when nothing waits and nothing is under way. */
  async idle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay.values());
  }

  get #hasRoom(): boolean {
    return this.#waiting.size < this.#options.waiting || this.#underWay.size < this.#options.atOnce;
  }

  #startMore(): void {
    for (const [key, item] of this.#waiting) {
      if (this.#underWay.size >= this.#options.atOnce) return;
      if (this.#underWay.has(key)) continue;
      this.#waiting.delete(key);
      this.#underWay.set(key, this.#workOn(key, item));
    }
  }

  async #workOn(key: string, item: Item): Promise<void> {
    await this.#options.work(item);
    this.#underWay.delete(key);
    this.#startMore();
    this.#tellOfRoom();
  }

  #tellOfRoom(): void {
    const waiting = this.#whenRoom;
    this.#whenRoom = [];
    for (const tell of waiting) tell();
  }
}
