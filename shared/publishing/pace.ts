import { EndablePause } from '../async/endable-pause.ts';

/**
 * Keeps the requests to a topic a little apart: what is committed meanwhile goes together, and is then fetched, handed over and committed
 * together by each who listens. What comes after a pause goes at once.
 */
export class Pace {
  readonly #apartMs: number;
  readonly #apart = new EndablePause();

  constructor(apartMs: number) {
    this.#apartMs = apartMs;
  }

  /** Settles when the request is over and the next may begin: that is when the time is up, somebody hurries, or what waits cannot wait. */
  async keptBy(request: Promise<void>, cannotWait: () => boolean): Promise<void> {
    const apart = this.#apart.lasting(this.#apartMs);
    await request;
    if (cannotWait()) this.#apart.end();
    await apart;
  }

  hurry(): void {
    this.#apart.end();
  }
}
