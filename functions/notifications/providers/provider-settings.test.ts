import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { providerSettings, refuseHalfAProvider } from './provider-settings.ts';

const Settings = z.object(providerSettings);

/** What is wrong with settings, each once. */
function complaints(env: Readonly<Record<string, string>>): readonly string[] {
  const { data, error } = Settings.safeParse(env);
  if (data === undefined) return error.issues.map(({ path, message }) => `${path.join()} ${message}`);
  const all: string[] = [];
  refuseHalfAProvider(data, (name, text) => all.push(`${name} ${text}`));
  return all;
}

const smtp = { MAIL_PROVIDER: 'smtp', SMTP_HOST: 'mail.example.com', MAIL_SENDER: 'shop@example.com' };
const azure = {
  MAIL_PROVIDER: 'azure-communication',
  MAIL_SENDER: 'DoNotReply@example.com',
  COMMUNICATION_ENDPOINT: 'https://acs.example.com',
};

describe('settings of providers', () => {
  it.each([
    {},
    { MAIL_PROVIDER: 'none', SMS_PROVIDER: 'none' },
    { MAIL_PROVIDER: 'file', MAIL_FOLDER: 'mail' },
    smtp,
    { ...smtp, SMTP_USER: 'shop', SMTP_PASSWORD: 'secret' },
    { ...smtp, SMTP_TLS: 'off' },
    azure,
    { ...azure, SMS_PROVIDER: 'azure-communication', SMS_SENDER: '+4915735987654' },
    {
      SMS_PROVIDER: 'azure-communication',
      SMS_SENDER: 'Lagerhaus',
      COMMUNICATION_CONNECTION_STRING: 'endpoint=https://a.b/;accesskey=a',
    },
  ])('%j is all that a provider has to know', (env) => expect(complaints(env)).toEqual([]));

  it.each([
    [{ MAIL_PROVIDER: 'file' }, ['MAIL_FOLDER is missing: MAIL_PROVIDER=file has to know where to write']],
    [
      { MAIL_PROVIDER: 'smtp' },
      [
        'SMTP_HOST is missing: MAIL_PROVIDER=smtp has to know the server',
        'MAIL_SENDER is missing: MAIL_PROVIDER=smtp has to know whom mails come from',
      ],
    ],
    [{ ...smtp, SMTP_USER: 'shop' }, ['SMTP_PASSWORD is missing: SMTP_USER cannot log in without']],
    [{ ...smtp, SMTP_PASSWORD: 'x' }, ['SMTP_USER is missing: SMTP_PASSWORD is of nobody']],
    [
      { ...smtp, SMTP_USER: 'shop', SMTP_PASSWORD: 'x', SMTP_TLS: 'off' },
      ['SMTP_TLS is off, and there is SMTP_USER: the password would be sent in the clear. Take starttls or tls'],
    ],
    [{ ...smtp, SMTP_PORT: '0' }, [expect.stringMatching(/^SMTP_PORT /)]],
    [{ ...smtp, MAIL_SENDER: 'shop' }, [expect.stringMatching(/^MAIL_SENDER /)]],
    [
      { MAIL_PROVIDER: 'azure-communication' },
      [
        'MAIL_SENDER is missing: MAIL_PROVIDER=azure-communication has to know whom mails come from',
        'COMMUNICATION_ENDPOINT is missing, and so is COMMUNICATION_CONNECTION_STRING: MAIL_PROVIDER=azure-communication needs one',
      ],
    ],
    [
      { ...azure, COMMUNICATION_CONNECTION_STRING: 'endpoint=https://a.b/;accesskey=a' },
      ['COMMUNICATION_ENDPOINT is set, and so is COMMUNICATION_CONNECTION_STRING: take one of the two away'],
    ],
    [
      { ...azure, COMMUNICATION_ENDPOINT: 'http://acs.example.com' },
      ['COMMUNICATION_ENDPOINT is a URL that begins with https'],
    ],
    [
      { COMMUNICATION_CONNECTION_STRING: 'a key' },
      ['COMMUNICATION_CONNECTION_STRING reads endpoint=https://…;accesskey=…'],
    ],
    [
      { SMS_PROVIDER: 'azure-communication' },
      [
        'SMS_SENDER is missing: SMS_PROVIDER=azure-communication has to know whom text messages come from',
        'COMMUNICATION_ENDPOINT is missing, and so is COMMUNICATION_CONNECTION_STRING: SMS_PROVIDER=azure-communication needs one',
      ],
    ],
    [
      { ...azure, SMS_SENDER: 'a name that is too long' },
      ['SMS_SENDER is a number such as +4915735987654, a short code, or a name of up to 11 letters and digits'],
    ],
  ])('%j lacks something, which is said', (env, expected) => expect(complaints(env)).toEqual(expected));
});
