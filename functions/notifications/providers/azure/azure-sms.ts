import type { SmsClient } from '@azure/communication-sms';
import type { ProviderAnswer } from '../../../../shared/capabilities/effect.ts';
import { type Clock, systemClock } from '../../../../shared/clock.ts';
import type { SmsProvider } from '../sms-provider.ts';
import { afterFailedRequest, CommunicationError, pauseOf } from './azure-failure.ts';
import { type CommunicationService, noRetries } from './communication-service.ts';
import { keepingTheKey, keyHeaders } from './repeatable-sms.ts';

/** What the service says of the one recipient that there is. */
interface SmsResult {
  readonly successful: boolean;
  readonly httpStatusCode: number;
}

/**
 * Sends text messages through Azure Communication Services, from a number or a name that is set up there. It can not be asked what
 * became of one; a second attempt within minutes of the message is told by its key (`repeatable-sms.ts`). What its report is about says
 * the tag, which is the key.
 */
export function azureSms(service: CommunicationService, sender: string, clock: Clock = systemClock): SmsProvider {
  let opened: Promise<SmsClient> | undefined;
  return {
    name: 'azure-communication',
    async send({ key, to, text, date }, abortSignal) {
      opened ??= openSms(service, clock);
      const client = await opened;
      const message = { from: sender, to: [to], message: text };
      const options = { enableDeliveryReport: true, tag: key, requestOptions: keyHeaders(key, date), abortSignal };
      const results = await client.send(message, options).catch(afterFailedRequest);
      return 'kind' in results ? results : afterSms(key, results[0]);
    },
  };
}

/** For good is only that the number is none. That there are too many is said of each recipient, too. */
function afterSms(key: string, result: SmsResult | undefined): ProviderAnswer {
  if (result === undefined) return notSent('nothing of the recipient');
  const { successful, httpStatusCode: status } = result;
  if (successful) return { kind: 'done', reference: key };
  if (status === 400) return { kind: 'refused', reason: 'the service said 400 of the number' };
  if (status === 429) return { kind: 'busy', retryAfterMs: pauseOf(undefined) };
  return notSent(`${status} of the message`);
}

function notSent(what: string): ProviderAnswer {
  return { kind: 'failed', error: new CommunicationError(`the service said ${what}`) };
}

/** The library is loaded by the first message: most processes never send one. */
async function openSms(service: CommunicationService, clock: Clock): Promise<SmsClient> {
  const { SmsClient } = await import('./sms-client.ts');
  const options = {
    ...noRetries,
    additionalPolicies: [{ policy: keepingTheKey(clock), position: 'perCall' as const }],
  };
  return 'connectionString' in service
    ? new SmsClient(service.connectionString, options)
    : new SmsClient(service.endpoint, service.credential, options);
}
