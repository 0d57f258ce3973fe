import type { Container } from '../storage/container.ts';
import { onlyRange } from './partition-key-ranges.ts';

/**
 * The headers by which the SDK keeps a session: how far the container's one partition has got, and which container the
 * token is for. Nothing is read back from a client's token, because every read here sees every write before it.
 */
export function sessionHeaders(
  database: string,
  container: Container,
  lsn = container.items.lsn,
): Record<string, string> {
  return {
    'x-ms-session-token': `${onlyRange}:-1#${lsn}`,
    lsn: String(lsn),
    'x-ms-alt-content-path': encodeURI(`dbs/${database}/colls/${container.definition.id}`),
    'x-ms-content-path': container.rid,
  };
}
