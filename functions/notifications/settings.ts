import { z } from 'zod';
import { serviceSettings } from '../../shared/settings/service-settings.ts';

/** What can be set of notifications. */
export const notificationSettings = serviceSettings(
  {
    MAIL_PROVIDER: z
      .enum(['none', 'file'])
      .optional()
      .describe(
        'Who sends notices as e-mails besides the inbox: file writes each into MAIL_FOLDER; none, or nothing, is nobody',
      ),
    MAIL_FOLDER: z
      .string()
      .min(1)
      .optional()
      .describe('Folder of the mails that MAIL_PROVIDER=file writes; npm start has DATA_DIR/mail'),
    SMS_PROVIDER: z
      .enum(['none', 'file'])
      .optional()
      .describe('Who sends notices as text messages: file writes each into SMS_FOLDER; none, or nothing, is nobody'),
    SMS_FOLDER: z
      .string()
      .min(1)
      .optional()
      .describe('Folder of the text messages that SMS_PROVIDER=file writes; npm start has DATA_DIR/sms'),
  },
  ({ MAIL_PROVIDER, MAIL_FOLDER, SMS_PROVIDER, SMS_FOLDER }, _, complain) => {
    if (MAIL_PROVIDER === 'file' && MAIL_FOLDER === undefined)
      complain('MAIL_FOLDER', 'is missing: MAIL_PROVIDER=file has to know where to write');
    if (SMS_PROVIDER === 'file' && SMS_FOLDER === undefined)
      complain('SMS_FOLDER', 'is missing: SMS_PROVIDER=file has to know where to write');
  },
);
