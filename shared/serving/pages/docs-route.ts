import { z } from 'zod';
import { rejectAbsent } from '../../model/rejection.ts';
import type { Route } from '../route.ts';
import { type Page, pageRoute } from './page.ts';
import { type ViewerFile, viewerFiles, viewerPage } from './viewer.ts';

export const docsPage: Page = {
  name: 'docs',
  summary: 'Shows the API to people, to read and to try; and the files of that page',
  route: 'docs/{file?}',
  roles: 'public',
  params: z.object({ file: z.string() }),
  answer: z.string(),
  mediaTypes: ['text/html', 'text/css', 'text/javascript'],
  refuses: ['not-found'],
};

/** The page runs its own scripts, calls its own origin, and nothing else. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `/docs` and its files: one function, so that no two routes overlap. They are read when somebody first asks. */
export function docsRoute(): Route {
  let files: ReadonlyMap<string, ViewerFile> | undefined;
  return pageRoute(docsPage, async ({ request: { params } }) => {
    files ??= viewerFiles();
    const name = params.file ?? viewerPage;
    const file = files.get(name);
    if (file === undefined) throw rejectAbsent(`/docs has no file ${name}`);
    return {
      status: 200,
      headers: {
        'content-type': `${file.mediaType}; charset=utf-8`,
        'cache-control': file.isFinal ? 'public, max-age=31536000, immutable' : 'no-cache',
        'content-security-policy': contentSecurityPolicy,
      },
      body: file.text,
    };
  });
}
