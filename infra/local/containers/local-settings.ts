import { z } from 'zod';
import { CannotStartError } from '../cannot-start-error.ts';

/**
 * The settings of Azure Functions Core Tools.
 * Source: https://learn.microsoft.com/azure/azure-functions/functions-develop-local#local-settings-file
 */
const LocalSettings = z.looseObject({ IsEncrypted: z.literal(false), Values: z.record(z.string(), z.string()) });
type LocalSettings = z.output<typeof LocalSettings>;
type Values = LocalSettings['Values'];

/** What suits one machine, where nothing stands before the app, everybody is one caller, and mails are only to be looked at. */
const onOneMachine = {
  ADMIN_EMAILS: 'admin@example.com',
  TRUSTED_PROXIES: '0',
  RATE_LIMIT: '0',
  AUTH_RATE_LIMIT: '0',
  MAIL_PROVIDER: 'smtp',
  MAIL_SENDER: 'lagerhaus@example.com',
  SMTP_HOST: '127.0.0.1',
  SMTP_TLS: 'off',
};

/** What says where the data of the app are. */
const addresses = ['KAFKA_BROKERS', 'COSMOS_ENDPOINT'];

/**
 * local.settings.json: the sample at first, and later what a person has made of it, with the addresses and secrets of the containers.
 *
 * @throws CannotStartError where the file that is there is none, or leads elsewhere: its secrets are not to be lost.
 */
export function localSettings(sample: string, existing: string | undefined, ofContainers: Values): LocalSettings {
  if (existing === undefined) {
    const { Values, ...rest } = LocalSettings.parse(JSON.parse(sample));
    return { ...rest, Values: { ...Values, ...onOneMachine, ...ofContainers } };
  }
  const { Values, ...rest } = read(existing);
  const elsewhere = addresses.find(
    (name) => !/^(https?:\/\/)?(127\.0\.0\.1|localhost)(:|\/|$)/.test(Values[name] ?? 'localhost'),
  );
  if (elsewhere !== undefined)
    throw new CannotStartError(
      `local.settings.json leads elsewhere (${elsewhere} is ${Values[elsewhere]}). Move it away to run on the containers, or run func start to use what it names.`,
    );
  return { ...rest, Values: { ...Values, ...ofContainers } };
}

function read(text: string): LocalSettings {
  try {
    return LocalSettings.parse(JSON.parse(text));
  } catch (error) {
    throw new CannotStartError(
      'local.settings.json is no file of settings in plain text: delete it and start again, or mend it after local.settings.sample.json.',
      { cause: error },
    );
  }
}
