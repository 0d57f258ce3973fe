import { createHash } from 'node:crypto';
import { accountHtml } from './account-html.ts';
import { accountScript } from './account-script.ts';
import { accountStyle } from './account-style.ts';

/** Source: https://www.w3.org/TR/CSP3/#grammardef-hash-source */
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** It runs and shows what is in it, by its hash, and calls the server that it comes from; nothing else, and in no frame. */
const contentSecurityPolicy = [
  "default-src 'none'",
  `script-src ${hashOf(accountScript)}`,
  `style-src ${hashOf(accountStyle)}`,
  'img-src data:',
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page as one file. */
export const accountPage = {
  mediaType: 'text/html',
  bytes: Buffer.from(accountHtml({ script: accountScript, style: accountStyle })),
  shownUnder: contentSecurityPolicy,
};
