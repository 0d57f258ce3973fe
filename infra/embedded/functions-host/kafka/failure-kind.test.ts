import { describe, expect, it } from 'vitest';
import { failureKindOf } from './failure-kind.ts';

const failure = (properties: object, cause?: Error) =>
  Object.assign(new Error('failed', { cause }), { name: 'KafkaJSError', ...properties });

describe('the kind of a consumer failure', () => {
  it.each([
    ['certificate', { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }],
    ['certificate', { code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' }],
    ['certificate', { code: 'ERR_TLS_CERT_ALTNAME_INVALID' }],
    ['credentials', { name: 'KafkaJSSASLAuthenticationError' }],
    ['credentials', { type: 'UNSUPPORTED_SASL_MECHANISM' }],
    ['rights', { type: 'GROUP_AUTHORIZATION_FAILED' }],
    ['unreachable', { name: 'KafkaJSConnectionError', code: 'ECONNREFUSED' }],
    ['unreachable', { type: 'REBALANCE_IN_PROGRESS' }],
  ] as const)('a consumer failure is of the kind %s if its error has %o', (kind, properties) => {
    expect(failureKindOf(failure(properties))).toBe(kind);
  });

  it('a consumer failure that kafkajs has wrapped has the kind of its cause', () => {
    const wrapped = failure({ name: 'KafkaJSNumberOfRetriesExceeded' }, failure({ code: 'CERT_HAS_EXPIRED' }));
    expect(failureKindOf(wrapped)).toBe('certificate');
  });
});
