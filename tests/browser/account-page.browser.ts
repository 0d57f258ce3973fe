import { type Browser, type BrowserContext, chromium as launcher, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { inTenant, password } from '../rigs/clients/accounts.ts';
import { ApiClient, bodyOf } from '../rigs/clients/api-client.ts';
import { linkToken } from '../rigs/clients/link-token.ts';
import { mailsFor } from '../rigs/clients/mailbox.ts';
import { eventually } from '../rigs/stack/eventually.ts';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { chromium, chromiumArguments } from './chromium.ts';

const missing = chromium === undefined ? ' (skipped: there is no chromium here; apt-get install chromium)' : '';
const tenant = 'acme';

describe.skipIf(chromium === undefined)(`the account page in a browser${missing}`, () => {
  let stack: TestStack;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const asked: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    stack = await startStack();
    browser = await launcher.launch({ executablePath: chromium ?? '', args: chromiumArguments });
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  });
  beforeEach(async () => {
    page = await context.newPage();
    page.on('request', (request) => asked.push(request.url()));
    page.on('console', (message) => {
      // A refused request is no fault of the page.
      const isRefusal = message.text().startsWith('Failed to load resource');
      if (['error', 'warning'].includes(message.type()) && !isRefusal) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    return () => page.close();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  const nobody = () => new ApiClient(stack.url);
  const said = () => page.locator('#message').textContent();
  const says = (text: string) => eventually(async () => expect(await said()).toContain(text));
  const focused = () => page.evaluate('document.activeElement.id || document.activeElement.textContent.trim()');
  async function register(email: string) {
    const body = { email, password };
    return bodyOf(await nobody().post<{ id: string }>('/api/v1/auth/register', body, inTenant(tenant)), 201).id;
  }
  const logIn = async (username: string, attempt: string) =>
    (await nobody().post('/api/v1/auth/login', { username, password: attempt }, inTenant(tenant))).status;

  it('the account page sets a forgotten password by the keyboard alone, from asking for the mail to the new password', async () => {
    const address = 'ann@example.com';
    await register(address);
    await page.goto(`${stack.url}/account#tenant=${tenant}`);
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('email');
    await page.keyboard.type('ann');
    await page.keyboard.press('Enter');
    expect(await page.locator('#email-error').textContent()).toContain('such as ann@example.com');
    expect(await page.locator('#email').getAttribute('aria-invalid')).toBe('true');
    expect(await focused()).toBe('email');
    await page.keyboard.type('@example.com');
    await page.keyboard.press('Enter');
    await says('a mail is on its way');
    expect(await focused()).toBe('message');

    const link = await eventually(() => {
      const found = mailsFor(stack, { tenant, address }).find((mail) => mail.link !== undefined)?.link;
      if (found === undefined) throw new Error('no mail has come yet');
      return found;
    });
    // In the tab that is open: no other document is loaded by that.
    await page.goto(link.href);
    await eventually(() => expect(page.url()).toBe(`${stack.url}/account`));
    expect(await page.title()).toBe('Set a new password');
    await page.locator('#password').focus();
    await page.keyboard.type('weak');
    await page.keyboard.press('Enter');
    await eventually(async () =>
      expect(await page.locator('#password-error').textContent()).toContain('the password needs'),
    );
    expect(await page.locator('#password').getAttribute('type')).toBe('password');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    expect(await page.locator('#password').getAttribute('type')).toBe('text');
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('Better123');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Set the password');
    await page.keyboard.press('Enter');
    await says('Your new password is set');
    expect([await logIn(address, 'Better123'), await logIn(address, password)]).toEqual([200, 401]);

    await page.goto(link.href);
    await page.locator('#password').fill('Another123');
    await page.keyboard.press('Enter');
    await says('This link was used');
    expect(await page.locator('#request').isVisible()).toBe(true);
  });

  it('the account page verifies an address by a button, and not by being looked at', async () => {
    const userId = await register('bob@example.com');
    const token = await stack.token('customer', { sub: userId, tenant });
    const api = new ApiClient(stack.url, token);
    expect((await api.post('/api/v1/users/me/verification')).status).toBe(202);
    const carried = await linkToken(stack, { tenant, userId, purpose: 'email-verification' });
    const query = new URLSearchParams({ for: 'email-verification', token: carried, tenant });
    await page.goto(`${stack.url}/account#${query}`);
    const verifiedAt = async () =>
      (await api.get<{ email_verified_at?: string }>('/api/v1/users/me')).body.email_verified_at;
    expect(await page.title()).toBe('Verify your e-mail address');
    expect(await verifiedAt()).toBeUndefined();
    await page.getByRole('button', { name: 'This is my address' }).click();
    await says('is verified');
    expect(await verifiedAt()).toEqual(expect.any(String));
  });

  it('the account page has a label for each field, and is wide enough for itself at 200 % and on a telephone', async () => {
    for (const width of [640, 320]) {
      await page.setViewportSize({ width, height: 400 });
      await page.goto(`${stack.url}/account#for=password-reset&token=x&width=${width}`);
      const [content, window] = await page.evaluate<number[]>(
        '[document.documentElement.scrollWidth, document.documentElement.clientWidth]',
      );
      expect([width, (content ?? 0) <= (window ?? 0)]).toEqual([width, true]);
    }
    for (const label of ['New password', 'Show the password'])
      expect(await page.getByLabel(label, { exact: true }).isVisible()).toBe(true);
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.locator('h1:visible').allTextContents()).toEqual(['Set a new password']);
  });

  it('the account page says so when the server cannot be reached', async () => {
    await page.goto(`${stack.url}/account`);
    await page.locator('#email').fill('ann@example.com');
    await context.setOffline(true);
    await page.keyboard.press('Enter');
    await eventually(async () =>
      expect(await page.locator('#email-error').textContent()).toContain('cannot be reached'),
    );
    await context.setOffline(false);
  });

  it('the account page asks nobody else, sends no link in an address, and breaks no rule of its own', () => {
    expect(asked.filter((url) => !url.startsWith(stack.url) && !url.startsWith('data:'))).toEqual([]);
    expect(asked.filter((url) => url.includes('?'))).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
