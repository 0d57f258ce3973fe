import { shortagesInWords } from './shortages.ts';
import type { Parameters, Text } from './template.ts';
import { instantIn, type Wordings } from './wording.ts';

const instant = instantIn('de-DE');

export const german: Wordings = {
  greeting: (name) => (name === undefined ? 'Guten Tag,' : `Guten Tag ${name},`),
  texts: {
    welcome: () => ({
      subject: 'Willkommen',
      body: 'Ihr Konto ist eingerichtet. Was aus Ihren Bestellungen wird, steht in Ihren Mitteilungen.',
    }),
    'new-device': ({ at }) => ({
      subject: 'Anmeldung mit einem neuen Gerät',
      body: `Jemand hat sich am ${instant(at)} mit einem Gerät an Ihrem Konto angemeldet, das bisher nicht benutzt wurde. Wenn Sie das nicht waren, ändern Sie Ihr Passwort.`,
    }),
    'password-reset': ({ link, until }) => ({
      subject: 'Neues Passwort festlegen',
      body:
        link === undefined
          ? 'Jemand hat einen Link angefordert, mit dem ein neues Passwort für Ihr Konto festgelegt wird. Er ging an Ihre E-Mail-Adresse. Wenn Sie das nicht waren, müssen Sie nichts tun: Wer danach gefragt hat, hat keinen Link.'
          : `Jemand hat ein neues Passwort für Ihr Konto angefordert. Wenn Sie das waren, legen Sie es hier fest:\n\n${link}\n\nDer Link gilt einmal, bis ${instant(until)}. Wenn Sie mehrmals gefragt haben, gilt der neueste. Wenn Sie das nicht waren, müssen Sie nichts tun: Ihr Passwort bleibt, wie es ist.`,
    }),
    'password-was-reset': ({ at }) => ({
      subject: 'Ihr Passwort wurde neu festgelegt',
      body: `Am ${instant(at)} wurde mit dem Link einer Mail ein neues Passwort für Ihr Konto festgelegt, und alle Sitzungen wurden beendet. Wenn Sie das nicht waren, liest jemand Ihre Mails: Ändern Sie das Passwort Ihres Postfachs, und legen Sie dann hier ein anderes fest.`,
    }),
    'email-verification': ({ link, until }) => ({
      subject: 'E-Mail-Adresse bestätigen',
      body:
        link === undefined
          ? 'An Ihre E-Mail-Adresse ging ein Link, mit dem Sie zeigen, dass die Adresse Ihnen gehört.'
          : `Jemand hat sich mit dieser Adresse registriert. Wenn Sie das waren, zeigen Sie, dass die Adresse Ihnen gehört:\n\n${link}\n\nDer Link gilt einmal, bis ${instant(until)}. Wenn Sie das nicht waren, müssen Sie nichts tun.`,
    }),
    'order-confirmed': ofOrder('bestätigt', 'Alles, was Sie bestellt haben, ist für Sie reserviert'),
    'order-rejected': ofOrder('abgelehnt', 'Wir können sie nicht liefern'),
    'order-cancelled': ofOrder('storniert', 'Es wird nichts geliefert'),
    'order-shipped': ofOrder('unterwegs', 'Sie hat unser Lager verlassen'),
    'out-for-delivery': ({ orderId }) => ({
      subject: 'Ihre Bestellung wird zugestellt',
      body: `Bestellung ${orderId} ist in der Zustellung.`,
    }),
    campaign: ({ kind = '', text = '' }) => ({ subject: campaigns[kind] ?? 'Neues von uns', body: text }),
    'service-health': ({ service, to, dependencies }) =>
      to === 'ok'
        ? { subject: `${service} geht es wieder gut`, body: `Dem Dienst ${service} geht es wieder gut.` }
        : {
            subject: `${service} ist ${to}`,
            body: `Der Dienst ${service} ist ${to}: ${dependencies}. GET /health/${service} sagt mehr.`,
          },
    'dead-letters': ({ parked, isMore, subscribers }) => {
      const count = isMore === undefined ? parked : `mehr als ${parked}`;
      return {
        subject: `Dead Letters warten auf eine Entscheidung: ${count}`,
        body: `Was nicht getan werden konnte, wartet auf Sie: ${subscribers}. GET /api/v1/dead-letters?status=parked zeigt es.`,
      };
    },
  },
};

const campaigns: Readonly<Record<string, string>> = { newsletter: 'Unser Newsletter', offer: 'Ein Angebot für Sie' };

const reasons: Readonly<Record<string, string>> = {
  'by-customer': 'wie gewünscht',
  'by-staff': 'durch den Shop',
  'timed-out': 'nicht rechtzeitig bestätigt',
  'not-shipped': 'nicht rechtzeitig versandt',
  'insufficient-stock': 'nicht genug auf Lager',
};

function ofOrder(what: string, sentence: string): (parameters: Parameters) => Text {
  return ({ orderId, reason, shortages }) => {
    const why = reason === undefined ? '' : ` (${reasonOf(reason, shortages)})`;
    return {
      subject: `Ihre Bestellung ist ${what}`,
      body: `Bestellung ${orderId} ist ${what}: ${sentence}${why}.`,
    };
  };
}

function reasonOf(reason: string, shortages: string | undefined): string {
  const why = reasons[reason] ?? reason;
  if (shortages === undefined) return why;
  return `${why}: ${shortagesInWords(shortages, (requested, available) => `${requested} bestellt, ${available} da`)}`;
}
