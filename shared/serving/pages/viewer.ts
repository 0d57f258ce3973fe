import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';

/** A file that the page for people is made of. */
export interface ViewerFile {
  readonly mediaType: 'text/html' | 'text/css' | 'text/javascript';
  readonly text: string;
  /** Whether there will never be another file of that name, so that it may be kept. */
  readonly isFinal: boolean;
}

/** The page itself has no name of its own: it is what `/docs` shows. */
export const viewerPage = '';

const htmlOf = (stylesheet: string, bundle: string) => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Lagerhaus API</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/docs/${stylesheet}">
  </head>
  <body>
    <div id="api"></div>
    <noscript>This page needs JavaScript; the description that it shows is at <a href="/openapi.json">/openapi.json</a>.</noscript>
    <script src="/docs/${bundle}"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

/** A null validator: the default one would send the address of this page to a server elsewhere. */
const start = `SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#api',
  deepLinking: true,
  displayOperationId: true,
  displayRequestDuration: true,
  filter: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
`;

const Manifest = z.object({ version: z.string() });

/**
 * Swagger UI, from the package as it is installed, and a page that starts it: nothing is fetched from elsewhere. A bundle of
 * the app needs the package's folder beside it, in `node_modules`.
 *
 * @throws Error when the package is not there.
 */
export function viewerFiles(): ReadonlyMap<string, ViewerFile> {
  const manifest = createRequire(import.meta.url).resolve('swagger-ui-dist/package.json');
  const installed = (file: string) => readFileSync(path.join(path.dirname(manifest), file), 'utf8');
  const { version } = Manifest.parse(JSON.parse(readFileSync(manifest, 'utf8')));
  const stylesheet = `swagger-ui-${version}.css`;
  const bundle = `swagger-ui-${version}.js`;
  return new Map<string, ViewerFile>([
    [viewerPage, { mediaType: 'text/html', text: htmlOf(stylesheet, bundle), isFinal: false }],
    ['start.js', { mediaType: 'text/javascript', text: start, isFinal: false }],
    [stylesheet, { mediaType: 'text/css', text: installed('swagger-ui.css'), isFinal: true }],
    [bundle, { mediaType: 'text/javascript', text: installed('swagger-ui-bundle.js'), isFinal: true }],
  ]);
}
