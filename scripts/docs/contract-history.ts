import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { DomainEvent } from '../../shared/events/define-event.ts';
import { type Json, jsonSchemaOf } from '../../shared/http/json-schema.ts';

/** A version of a contract as it was when it was new. */
export interface ContractVersion {
  readonly type: string;
  readonly version: number;
  readonly schema: Json;
  /** Data of that version, which every later one has to read. */
  readonly example: Json;
}

const Stored = z.object({ type: z.string(), version: z.int().positive(), schema: z.json(), example: z.json() });

/** Where the versions are kept, from the root of the repository. */
export const historyFolder = 'shared/events/contracts/history';

export function historyFile({ type, version }: Pick<ContractVersion, 'type' | 'version'>): string {
  return `${historyFolder}/${type}.${version}.json`;
}

/** Every version of every contract that there ever was. */
export function readHistory(root: string): readonly ContractVersion[] {
  const folder = path.join(root, historyFolder);
  return readdirSync(folder).map((file) => Stored.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))));
}

/** The version that a contract is at now. Descriptions are no part of it: they may change. */
export function currentVersion({ definition, data }: DomainEvent): ContractVersion {
  const { type, version } = definition;
  const schema = jsonSchemaOf(definition.data, { descriptions: false });
  return { type, version, schema, example: JSON.parse(JSON.stringify(data)) };
}
