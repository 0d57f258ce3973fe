import { describe, expect, it } from 'vitest';
import { AccountPageUrl, accountPageUrl } from './account-page-url.ts';

describe('the page that links of mails lead to', () => {
  it.each([
    ['lagerhaus.azurewebsites.net', 'https://lagerhaus.azurewebsites.net/account'],
    ['127.0.0.1:40209', 'http://127.0.0.1:40209/account'],
    ['localhost:7071', 'http://localhost:7071/account'],
  ])('the page that links of mails lead to is our own, where nothing is said and the app is at %s', (host, url) => {
    expect(accountPageUrl({ WEBSITE_HOSTNAME: host })).toBe(url);
  });

  it('the page that links of mails lead to is the one that is set', () => {
    const url = 'https://shop.example.com/me?lang=de';
    expect(accountPageUrl({ ACCOUNT_PAGE_URL: AccountPageUrl.parse(url), WEBSITE_HOSTNAME: 'elsewhere' })).toBe(url);
  });

  it('the page that links of mails lead to is written so that no blank or line break cuts its link', () => {
    const odd = 'https://bücher.example.com/my page/\nme';
    expect(AccountPageUrl.parse(odd)).toBe('https://xn--bcher-kva.example.com/my%20page/me');
  });

  it.each([
    ['http://shop.example.com/me', 'must begin with https://'],
    ['https://shop.example.com/me#there', 'has a #'],
    ['https://shop.example.com/me#', 'has a #'],
    ['ftp://shop.example.com/me', 'Invalid URL'],
    ['/me', 'Invalid URL'],
  ])('the page that links of mails lead to is not at %s', (url, why) => {
    expect(
      AccountPageUrl.safeParse(url)
        .error?.issues.map(({ message }) => message)
        .join(),
    ).toContain(why);
  });
});
