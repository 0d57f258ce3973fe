import { z } from 'zod';
import { EmailAddress } from '../../../shared/email-address.ts';
import type { Complain } from '../../../shared/settings/settings.ts';

const text = z.string().min(1).optional();

/** What can be set of whoever sends mails and text messages. */
export const providerSettings = {
  MAIL_PROVIDER: z
    .enum(['none', 'file', 'smtp', 'azure-communication'])
    .optional()
    .describe(
      'Who sends notices as e-mails besides the inbox: file writes each into MAIL_FOLDER; none, or nothing, is nobody. See [notifications.md](notifications.md)',
    ),
  MAIL_FOLDER: text.describe('Folder of the mails that MAIL_PROVIDER=file writes; npm start has DATA_DIR/mail'),
  MAIL_SENDER: EmailAddress.optional().describe('Address that mails come from, where they are more than files'),
  SMTP_HOST: text.describe('The mail server of MAIL_PROVIDER=smtp'),
  SMTP_PORT: z.coerce.number().int().min(1).max(65_535).default(587).describe('Its port'),
  SMTP_TLS: z
    .enum(['starttls', 'tls', 'off'])
    .default('starttls')
    .describe(
      'How mails get there unread: starttls asks for TLS before anything else, tls has it from the start (port 465); off is for a server on the same machine',
    ),
  SMTP_USER: text.describe('As whom we log in to it; nobody, where nothing is said'),
  SMTP_PASSWORD: text.describe('The password of SMTP_USER'),
  SMS_PROVIDER: z
    .enum(['none', 'file', 'azure-communication'])
    .optional()
    .describe('Who sends notices as text messages: file writes each into SMS_FOLDER; none, or nothing, is nobody'),
  SMS_FOLDER: text.describe('Folder of the text messages that SMS_PROVIDER=file writes; npm start has DATA_DIR/sms'),
  SMS_SENDER: z
    .string()
    .regex(/^(\+[1-9]\d{3,14}|\d{5,6}|(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11})$/, {
      error: 'is a number such as +4915735987654, a short code, or a name of up to 11 letters and digits',
    })
    .optional()
    .describe('Number or name that text messages come from, as it was bought or registered'),
  COMMUNICATION_ENDPOINT: z
    .url({ protocol: /^https$/, error: 'is a URL that begins with https' })
    .optional()
    .describe('Endpoint of Azure Communication Services, to be reached by identity'),
  COMMUNICATION_CONNECTION_STRING: z
    .string()
    .regex(/^(?=.*\bendpoint=https:\/\/)(?=.*\baccesskey=.)/i, {
      error: 'reads endpoint=https://…;accesskey=…',
    })
    .optional()
    .describe('Connection string of it, where no identity is used'),
  CHANNEL_REPORTS_SECRET: z
    .string()
    .regex(/^[\w-]{32,200}$/, { error: 'is 32 to 200 letters, digits, hyphens or underscores: openssl rand -hex 32' })
    .optional()
    .describe(
      'Last part of the address to which providers report bounces and complaints; without it nobody can. See [notifications.md](notifications.md#reports)',
    ),
};

type ProviderSettings = z.output<z.ZodObject<typeof providerSettings>>;
type Name = keyof ProviderSettings;

/** Complains of what a provider that is set has to know, and is not told. */
export function refuseHalfAProvider(own: ProviderSettings, complain: Complain): void {
  const needs = (name: Name, provider: string, why: string) => {
    if (own[name] === undefined) complain(name, `is missing: ${provider} has to know ${why}`);
  };
  const needsService = (provider: string) => {
    const { COMMUNICATION_ENDPOINT: endpoint, COMMUNICATION_CONNECTION_STRING: key } = own;
    if (endpoint === undefined && key === undefined)
      complain(
        'COMMUNICATION_ENDPOINT',
        `is missing, and so is COMMUNICATION_CONNECTION_STRING: ${provider} needs one`,
      );
    if (endpoint !== undefined && key !== undefined)
      complain('COMMUNICATION_ENDPOINT', 'is set, and so is COMMUNICATION_CONNECTION_STRING: take one of the two away');
  };
  const mail = `MAIL_PROVIDER=${own.MAIL_PROVIDER}`;
  if (own.MAIL_PROVIDER === 'file') needs('MAIL_FOLDER', mail, 'where to write');
  if (own.MAIL_PROVIDER === 'smtp') {
    needs('SMTP_HOST', mail, 'the server');
    needs('MAIL_SENDER', mail, 'whom mails come from');
    refuseHalfALogin(own, complain);
  }
  if (own.MAIL_PROVIDER === 'azure-communication') {
    needs('MAIL_SENDER', mail, 'whom mails come from');
    needsService(mail);
  }
  const sms = `SMS_PROVIDER=${own.SMS_PROVIDER}`;
  if (own.SMS_PROVIDER === 'file') needs('SMS_FOLDER', sms, 'where to write');
  if (own.SMS_PROVIDER === 'azure-communication') {
    needs('SMS_SENDER', sms, 'whom text messages come from');
    if (own.MAIL_PROVIDER !== 'azure-communication') needsService(sms);
  }
}

function refuseHalfALogin(
  { SMTP_USER: user, SMTP_PASSWORD: password, SMTP_TLS: tls }: ProviderSettings,
  complain: Complain,
) {
  if (user !== undefined && password === undefined)
    complain('SMTP_PASSWORD', 'is missing: SMTP_USER cannot log in without');
  if (user === undefined && password !== undefined) complain('SMTP_USER', 'is missing: SMTP_PASSWORD is of nobody');
  if (user !== undefined && tls === 'off')
    complain(
      'SMTP_TLS',
      'is off, and there is SMTP_USER: the password would be sent in the clear. Take starttls or tls',
    );
}
