import { type Browser, chromium as launcher, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { startStack, type TestStack } from '../rigs/stack/start-stack.ts';
import { chromium, chromiumArguments } from './chromium.ts';

const missing = chromium === undefined ? ' (skipped: there is no chromium here; apt-get install chromium)' : '';

const Document = z.object({ paths: z.record(z.string(), z.record(z.string(), z.object({ operationId: z.string() }))) });

describe.skipIf(chromium === undefined)(`the API page in a browser${missing}`, () => {
  let stack: TestStack;
  let browser: Browser;
  let page: Page;
  const elsewhere: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    stack = await startStack({ demo: true });
    browser = await launcher.launch({ executablePath: chromium ?? '', args: chromiumArguments });
    page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
    page.on('request', (request) => {
      if (!request.url().startsWith(stack.url) && !request.url().startsWith('data:')) elsewhere.push(request.url());
    });
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.goto(`${stack.url}/docs`);
    await page.locator('.opblock').first().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('the API page shows every operation', async () => {
    const { paths } = Document.parse(await (await fetch(`${stack.url}/openapi.json`)).json());
    const described = Object.values(paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    const shown = await page.locator('.opblock-summary-operation-id').allTextContents();
    expect(shown.toSorted()).toEqual(described.toSorted());
  });

  it('the API page makes a call with a token and shows the response', async () => {
    await page.locator('button.authorize').first().click();
    await page.locator('.auth-container input').fill(await stack.token('manager'));
    await page.locator('.auth-btn-wrapper .authorize').click();
    await page.locator('.auth-btn-wrapper .btn-done').click();
    const operation = page.locator('#operations-catalog-list-products');
    await operation.locator('.opblock-summary-control').click();
    await operation.locator('.execute').click();
    const answer = operation.locator('.live-responses-table .response').first();
    await answer.waitFor();
    expect(await answer.locator('.response-col_status').textContent()).toContain('200');
    expect(await answer.locator('.highlight-code').first().textContent()).toContain('ITEM-001');
  });

  it('the API page loads nothing from other hosts and logs no error', () => {
    expect(elsewhere).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
