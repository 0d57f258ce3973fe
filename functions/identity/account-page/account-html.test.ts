import { expect, it } from 'vitest';
import { accountHtml } from './account-html.ts';

it('no field of the account page cuts off what is pasted: a password would be another than its owner keeps', () => {
  const page = accountHtml({ script: '', style: '' });
  expect(page).toContain('autocomplete="new-password"');
  expect(page).not.toMatch(/maxlength/i);
});
