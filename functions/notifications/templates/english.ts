import { shortagesInWords } from './shortages.ts';
import type { Parameters, Text } from './template.ts';
import { instantIn, type Wordings } from './wording.ts';

const instant = instantIn('en-GB');

export const english: Wordings = {
  greeting: (name) => (name === undefined ? 'Hello,' : `Hello ${name},`),
  texts: {
    welcome: () => ({
      subject: 'Welcome',
      body: 'Your account is ready. What becomes of your orders is told in your notifications.',
    }),
    'new-device': ({ at }) => ({
      subject: 'A login from a new device',
      body: `Somebody logged in to your account on ${instant(at)} with a device that was not used before. If it was not you, change your password.`,
    }),
    'password-reset': ({ link, until }) => ({
      subject: 'Set a new password',
      body:
        link === undefined
          ? 'Somebody has asked for a link by which a new password for your account is set. It was sent to your e-mail address. If it was not you, do nothing: whoever asked has no link.'
          : `Somebody has asked for a new password for your account. If it was you, set it here:\n\n${link}\n\nThe link works once, until ${instant(until)}. If you have asked more than once, the newest one works. If it was not you, do nothing: your password stays as it is.`,
    }),
    'password-was-reset': ({ at }) => ({
      subject: 'Your password was set anew',
      body: `On ${instant(at)} a new password for your account was set by the link of a mail, and all sessions have ended. If it was not you, somebody reads your mails: change the password of your mailbox, then set another one here.`,
    }),
    'email-verification': ({ link, until }) => ({
      subject: 'Verify your e-mail address',
      body:
        link === undefined
          ? 'A link was sent to your e-mail address, by which you show that the address is yours.'
          : `Somebody has registered with this address. If it was you, show that the address is yours:\n\n${link}\n\nThe link works once, until ${instant(until)}. If it was not you, do nothing.`,
    }),
    'order-confirmed': ofOrder('confirmed', 'everything you ordered is reserved for you'),
    'order-rejected': ofOrder('rejected', 'we cannot deliver it'),
    'order-cancelled': ofOrder('cancelled', 'nothing will be delivered'),
    'order-shipped': ofOrder('shipped', 'it is on its way to you'),
    'out-for-delivery': ({ orderId }) => ({
      subject: 'Your order is out for delivery',
      body: `Order ${orderId} is out for delivery.`,
    }),
    campaign: ({ kind = '', text = '' }) => ({ subject: campaigns[kind] ?? 'News from us', body: text }),
    'service-health': ({ service, to, dependencies }) =>
      to === 'ok'
        ? { subject: `${service} is well again`, body: `The service ${service} is well again.` }
        : {
            subject: `${service} is ${to}`,
            body: `The service ${service} is ${to}: ${dependencies}. GET /health/${service} says more.`,
          },
    'dead-letters': ({ parked, isMore, subscribers }) => {
      const count = isMore === undefined ? parked : `more than ${parked}`;
      return {
        subject: `Dead letters wait for a decision: ${count}`,
        body: `What could not be done waits for you: ${subscribers}. GET /api/v1/dead-letters?status=parked lists it.`,
      };
    },
  },
};

const campaigns: Readonly<Record<string, string>> = { newsletter: 'Our newsletter', offer: 'An offer for you' };

const reasons: Readonly<Record<string, string>> = {
  'by-customer': 'as you wished',
  'by-staff': 'by the shop',
  'not-shipped': 'it was not shipped in time',
};

function ofOrder(what: string, sentence: string): (parameters: Parameters) => Text {
  return ({ orderId, reason, shortages }) => {
    const why = reason === undefined ? '' : ` (${reasonOf(reason, shortages)})`;
    return {
      subject: `Your order was ${what}`,
      body: `Order ${orderId} was ${what}: ${sentence}${why}.`,
    };
  };
}

function reasonOf(reason: string, shortages: string | undefined): string {
  const why = reasons[reason] ?? reason;
  if (shortages === undefined) return why;
  return `${why}: ${shortagesInWords(shortages, (requested, available) => `${requested} wanted, ${available} there`)}`;
}
