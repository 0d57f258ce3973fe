import { z } from 'zod';

/** Where files are kept, where a service has any. */
export const BlobSettings = z.object({
  BLOBS_ENDPOINT: z
    .url()
    .optional()
    .describe('Blob endpoint of the storage account that files are kept in, to be reached by identity'),
  BLOBS_CONNECTION_STRING: z
    .string()
    .min(1)
    .optional()
    .describe('Connection string of that account, where no identity is used'),
  BLOBS_CONTAINER: z
    .string()
    .regex(/^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/, {
      error: 'is no name of a container: 3 to 63 lower-case letters, digits and single hyphens between them',
    })
    .default('files')
    .describe('The container in it'),
});
export type BlobSettings = z.output<typeof BlobSettings>;
