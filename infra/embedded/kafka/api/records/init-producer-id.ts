import { ErrorCode } from '../../protocol/error-code.ts';
import { defineApi } from '../api.ts';

interface Response {
  readonly code: number;
  readonly producerId: number;
  readonly producerEpoch: number;
}

/**
 * InitProducerId: an id for an idempotent producer. Transactional ones are refused: there are no transactions here. That is told
 * by the error after which no client tries again, as it would for a time after an unsupported version.
 */
export const initProducerId = defineApi<{ readonly transactionalId: string | null }, Response>({
  key: 22,
  name: 'InitProducerId',
  minVersion: 0,
  maxVersion: 1,
  read: (reader) => ({ transactionalId: reader.nullableString() }),
  serve({ transactionalId }, { broker }) {
    if (transactionalId !== null) return none(ErrorCode.TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    return { code: ErrorCode.NONE, producerId: broker.producerIds.take(), producerEpoch: 0 };
  },
  refuse: (_, code) => none(code),
  write(writer, { code, producerId, producerEpoch }, { throttleMs }) {
    writer.int32(throttleMs).int16(code).int64(producerId).int16(producerEpoch);
  },
});

function none(code: number): Response {
  return { code, producerId: -1, producerEpoch: -1 };
}
