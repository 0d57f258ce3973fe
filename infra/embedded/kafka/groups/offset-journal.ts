import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { z } from 'zod';
import { writeWhole } from '../../write-whole.ts';
import { parseJson } from '../log/json-file.ts';

/** Below this the journal is left alone; above, it is rewritten once it has doubled. */
const compactFromBytes = 4 * 1024 * 1024;

const JournalEntry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('commit'),
    group: z.string(),
    offsets: z.array(z.tuple([z.string(), z.number(), z.number(), z.string().nullable()])),
  }),
  z.object({ kind: z.literal('generation'), group: z.string(), generation: z.number(), protocolType: z.string() }),
  z.object({ kind: z.literal('drop-topic'), topic: z.string() }),
]);
/** One line of the journal. An offset is a tuple of topic, partition, offset and metadata. */
export type JournalEntry = z.infer<typeof JournalEntry>;

/**
 * What groups must not forget, as lines of JSON in the order in which it happened. A line is in the operating system
 * when `append` returns; a line torn by the death of the process is the last one and is cut off.
 */
export class OffsetJournal {
  readonly #path: string;
  #file: number;
  #size: number;
  #compactAt = compactFromBytes;

  /** Use {@link OffsetJournal.open}, which knows how much of the file is whole lines: `size`. */
  constructor(path: string, size: number) {
    this.#path = path;
    this.#file = openSync(path, 'r+');
    this.#size = size;
    ftruncateSync(this.#file, size);
  }

  /**
   * Opens the journal and hands each entry to `replay`.
   *
   * @throws DamagedDataError naming the line, when one that is complete cannot be read.
   */
  static open(path: string, replay: (entry: JournalEntry) => void): OffsetJournal {
    if (!existsSync(path)) writeWhole(path, '');
    const bytes = readFileSync(path);
    const size = bytes.lastIndexOf('\n') + 1;
    const lines = bytes.toString('utf8', 0, size).split('\n').slice(0, -1);
    for (const [index, line] of lines.entries()) replay(parseJson(line, JournalEntry, `${path}, line ${index + 1},`));
    return new OffsetJournal(path, size);
  }

  get wantsCompaction(): boolean {
    return this.#size >= this.#compactAt;
  }

  append(entry: JournalEntry): void {
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    try {
      for (let done = 0; done < line.length; ) {
        done += writeSync(this.#file, line, done, line.length - done, this.#size + done);
      }
    } catch (error) {
      // Half a line of a full disk must not end up in front of the next one.
      ftruncateSync(this.#file, this.#size);
      throw error;
    }
    this.#size += line.length;
  }

  /** Replaces the journal by `entries`, which say the same in fewer lines. */
  rewrite(entries: readonly JournalEntry[]): void {
    const text = entries.map((entry) => `${JSON.stringify(entry)}\n`).join('');
    writeWhole(this.#path, text);
    closeSync(this.#file);
    this.#file = openSync(this.#path, 'r+');
    this.#size = Buffer.byteLength(text);
    this.#compactAt = Math.max(compactFromBytes, this.#size * 2);
  }

  close(): void {
    closeSync(this.#file);
  }
}
