import { onlyBrokerId } from '../../broker.ts';
import { ErrorCode, type Outcome, success } from '../../protocol/error-code.ts';
import { defineApi } from '../api.ts';

const groupKey = 0;
const transactionKey = 1;

interface Request {
  readonly key: string;
  readonly keyType: number;
}

interface Response extends Outcome {
  readonly brokerId: number;
  readonly host: string;
  readonly port: number;
}

/**
 * FindCoordinator: who keeps a group, which is the one broker there is. Transactions have no coordinator, told by the error after
 * which no client tries again.
 */
export const findCoordinator = defineApi<Request, Response>({
  key: 10,
  name: 'FindCoordinator',
  minVersion: 0,
  maxVersion: 2,
  read: (reader, version) => ({ key: reader.string(), keyType: version >= 1 ? reader.int8() : groupKey }),
  targets: ({ key }) => [key],
  serve({ keyType }, { broker }) {
    if (keyType === groupKey) return { ...success, brokerId: onlyBrokerId, ...broker.address };
    if (keyType !== transactionKey)
      return nobody({ code: ErrorCode.INVALID_REQUEST, message: `there are no coordinators of type ${keyType}` });
    const { TRANSACTIONAL_ID_AUTHORIZATION_FAILED: code } = ErrorCode;
    return nobody({ code, message: 'transactions are not supported by this broker' });
  },
  refuse: (_, code) => nobody({ code, message: null }),
  write(writer, { code, message, brokerId, host, port }, { version, throttleMs }) {
    if (version >= 1) writer.int32(throttleMs);
    writer.int16(code);
    if (version >= 1) writer.string(message);
    writer.int32(brokerId).string(host).int32(port);
  },
});

function nobody(outcome: Outcome): Response {
  return { ...outcome, brokerId: -1, host: '', port: -1 };
}
