import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { writeWhole } from '../write-whole.ts';
import { readJsonFile } from './log/json-file.ts';

/** Ids reserved with one write, as Kafka reserves them: a restart skips the rest of a block. */
const blockSize = 1_000;

const Reservation = z.object({ next: z.number().int().nonnegative() });

/** Gives each idempotent producer an id that none had before it, in this process or an earlier one. */
export class ProducerIds {
  readonly #path: string;
  #next: number;
  #reserved: number;

  constructor(dataDir: string) {
    this.#path = join(dataDir, 'producer-ids.json');
    this.#next = existsSync(this.#path) ? readJsonFile(this.#path, Reservation).next : 0;
    this.#reserved = this.#next;
  }

  take(): number {
    if (this.#next === this.#reserved) {
      writeWhole(this.#path, `${JSON.stringify({ next: this.#reserved + blockSize })}\n`);
      this.#reserved += blockSize;
    }
    return this.#next++;
  }
}
