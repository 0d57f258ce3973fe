import { ErrorCode } from '../../protocol/error-code.ts';
import type { Writer } from '../../protocol/writer.ts';
import { type Api, defineApi } from '../api.ts';

type VersionRange = Pick<Api, 'key' | 'minVersion' | 'maxVersion'>;

interface Response {
  readonly code: number;
  readonly apis: readonly VersionRange[];
}

/** ApiVersions: what the server can do. `offered` is called for each answer, since the table holds this API too. */
export function apiVersions(offered: () => readonly VersionRange[]): Api {
  return defineApi<null, Response>({
    key: 18,
    name: 'ApiVersions',
    minVersion: 0,
    maxVersion: 2,
    read: () => null,
    serve: () => ({ code: ErrorCode.NONE, apis: offered() }),
    refuse: (_, code) => ({ code, apis: [] }),
    write(writer, { code, apis }, { version, throttleMs }) {
      writeVersions(writer, code, apis);
      if (version >= 1) writer.int32(throttleMs);
    },
  });
}

/**
 * Answers a version of ApiVersions that the server does not have, in the form that every client can read (KIP-511): the
 * client then asks again with one of the versions named here.
 */
export function writeUnsupportedApiVersions(writer: Writer, offered: readonly VersionRange[]): void {
  writeVersions(writer, ErrorCode.UNSUPPORTED_VERSION, offered);
}

function writeVersions(writer: Writer, code: number, apis: readonly VersionRange[]): void {
  writer.int16(code).array(apis, (_, { key, minVersion, maxVersion }) => {
    writer.int16(key).int16(minVersion).int16(maxVersion);
  });
}
