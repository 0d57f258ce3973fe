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
  },
  ({ MAIL_PROVIDER, MAIL_FOLDER }, _, complain) => {
    if (MAIL_PROVIDER === 'file' && MAIL_FOLDER === undefined)
      complain('MAIL_FOLDER', 'is missing: MAIL_PROVIDER=file has to know where to write');
  },
);
