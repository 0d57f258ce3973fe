import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { KafkaSettings } from '../../shared/settings/bus-settings.ts';
import { writeWhole } from '../embedded/write-whole.ts';

/** What a program beside the stack needs to reach its parts: DATA_DIR/stack.json, there while the stack runs. */
const StackFile = z.object({
  pid: z.int(),
  url: z.url(),
  kafka: z.object({
    /** Whether somebody else runs it. */
    isOutside: z.boolean(),
    brokers: z.string(),
    securityProtocol: KafkaSettings.shape.KAFKA_SECURITY_PROTOCOL,
    saslMechanism: KafkaSettings.shape.KAFKA_SASL_MECHANISM,
    user: z.string(),
    password: z.string(),
    caFile: z.string().exactOptional(),
  }),
  /** The same topics as hubs, and where the checkpoints of who reads them are. */
  eventHubs: z.object({ connectionString: z.string(), storageConnectionString: z.string() }).exactOptional(),
  cosmos: z.object({ endpoint: z.url(), key: z.string(), database: z.string() }),
  /** Where files are. */
  blobs: z.object({ connectionString: z.string() }),
  tokens: z.object({ keysFile: z.string(), issuer: z.string(), audience: z.string() }),
  functionsLog: z.string(),
  /** Where notices are as mails, a file each; absent where nobody writes them. */
  mailFolder: z.string().exactOptional(),
  /** Where notices are as text messages, likewise. */
  smsFolder: z.string().exactOptional(),
  /** Where tests make faults; there with `CONTROL=1`. */
  control: z.url().exactOptional(),
  /** What a request to it has to have in the header `x-control-token`. */
  controlToken: z.string().exactOptional(),
});
export type StackFile = z.output<typeof StackFile>;

const fileIn = (dataDir: string) => path.join(dataDir, 'stack.json');

export function writeStackFile(dataDir: string, stack: StackFile): void {
  writeWhole(fileIn(dataDir), `${JSON.stringify(stack, null, 2)}\n`);
}

/** @throws when no stack runs on the folder (ENOENT), or the file is not one. */
export function readStackFile(dataDir: string): StackFile {
  return StackFile.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
}

export function removeStackFile(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}
