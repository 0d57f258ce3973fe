import { describe, expect, it } from 'vitest';
import { reportIn, validationCodeIn } from './event-grid.ts';

const email = (status: string) => ({
  id: 'event-1',
  eventType: 'Microsoft.Communication.EmailDeliveryReportReceived',
  data: { sender: 'DoNotReply@azure.com', recipient: 'ann@example.com', messageId: 'key-1', status },
});
const sms = (deliveryStatus: string, tag: object = { Tag: 'key-1' }) => ({
  id: 'event-1',
  eventType: 'Microsoft.Communication.SMSDeliveryReportReceived',
  data: { messageId: 'Outgoing_1', from: '15555555555', to: '+15555555555', deliveryStatus, ...tag },
});

describe('an event of Event Grid', () => {
  it.each([
    ['Bounced', 'bounced'],
    ['Failed', 'bounced'],
    ['FilteredSpam', 'bounced'],
    ['Quarantined', 'bounced'],
    ['Suppressed', 'suppressed'],
  ])('a mail that was %s has %s', (status, kind) => {
    expect(reportIn(email(status))).toEqual({ id: 'event-1', messageId: 'key-1', kind });
  });

  it.each(['Delivered', 'Expanded', 'SomethingNew'])('nothing follows from a mail that was %s', (status) => {
    expect(reportIn(email(status))).toBeUndefined();
  });

  it('a text message is known by its tag', () => {
    expect(reportIn(sms('Failed'))).toEqual({ id: 'event-1', messageId: 'key-1', kind: 'bounced' });
    expect(reportIn(sms('Failed', { tag: 'key-2' }))).toMatchObject({ messageId: 'key-2' });
    expect(reportIn(sms('Failed', {}))).toBeUndefined();
    expect(reportIn(sms('Delivered'))).toBeUndefined();
  });

  it('what has another form than its type says, or another type, is passed over', () => {
    expect(reportIn({ ...email('Bounced'), data: { status: 'Bounced' } })).toBeUndefined();
    expect(reportIn({ ...email('Bounced'), eventType: 'Microsoft.Communication.SMSReceived' })).toBeUndefined();
  });

  it('a subscription that is to be validated says by which code', () => {
    const validation = {
      id: 'event-2',
      eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
      data: { validationCode: '512d38b6', validationUrl: 'https://rp-eastus2.eventgrid.azure.net/validate' },
    };
    expect(validationCodeIn([validation])).toBe('512d38b6');
    expect(validationCodeIn([email('Bounced')])).toBeUndefined();
  });
});
