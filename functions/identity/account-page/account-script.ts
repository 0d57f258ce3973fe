/**
 * What the page does, without anything from elsewhere. What a link carries stands behind its #, so it was sent to no server yet; it is taken
 * out of the address at once, so that it stays in no history. An address is verified by a button, and not by looking at the page: programs
 * that look through mails open links, too.
 */
export const accountScript = String.raw`'use strict';
const element = (id) => document.getElementById(id);
const views = ['request', 'password-reset', 'email-verification'];
let link = { view: 'request', token: '', tenant: '' };
let isBusy = false;

function readLink() {
  const carried = new URLSearchParams(location.hash.slice(1));
  if (location.hash !== '') history.replaceState(null, '', location.pathname);
  const token = carried.get('token') ?? '';
  const view = token !== '' && views.includes(carried.get('for')) ? carried.get('for') : 'request';
  link = { view, token, tenant: carried.get('tenant') ?? '' };
  show(view);
  say('');
}

function show(view) {
  for (const one of views) element(one).hidden = one !== view;
  const heading = document.querySelector('form:not([hidden]) h1');
  document.title = heading === null ? 'Your account' : heading.textContent;
}

function say(text) {
  element('message').textContent = text;
  if (text !== '') element('message').focus();
}

function complain(field, text) {
  element(field + '-error').textContent = text;
  if (text === '') element(field).removeAttribute('aria-invalid');
  else {
    element(field).setAttribute('aria-invalid', 'true');
    element(field).focus();
  }
}

async function call(path, body) {
  const headers = { 'content-type': 'application/json' };
  if (link.tenant !== '') headers['x-tenant'] = link.tenant;
  try {
    const response = await fetch('/api/v1/auth/' + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (response.ok) return { code: '', detail: '' };
    const problem = await response.json().catch(() => ({}));
    const wait = response.headers.get('retry-after');
    if (response.status === 429)
      return { code: 'limited', detail: 'That was too often. Try again' + (wait === null ? ' later.' : ' in ' + wait + ' seconds.') };
    return { code: String(problem.type ?? '').replace('/problems/', ''), detail: problem.detail ?? 'That did not work. Try again later.' };
  } catch {
    return { code: 'unreachable', detail: 'The server cannot be reached. Try again.' };
  }
}

const doneBy = {
  async request() {
    const email = element('email').value.trim();
    complain('email', /^[^@\s]+@[^@\s]+$/.test(email) ? '' : 'Write an address such as ann@example.com.');
    if (element('email').hasAttribute('aria-invalid')) return;
    const { detail } = await call('password-reset', { email });
    if (detail !== '') return complain('email', detail);
    show('');
    say('If there is an account with this address, a mail is on its way. The link in it works once, and not for long; if you ask again, take the newest mail.');
  },
  async 'password-reset'() {
    const password = element('password').value;
    complain('password', password === '' ? 'Write a new password.' : '');
    if (password === '') return;
    const { code, detail } = await call('password-reset/confirm', { token: link.token, password });
    if (code === 'invalid-link') return askAnew(detail);
    if (detail !== '') return complain('password', detail);
    element('password').value = '';
    show('');
    say('Your new password is set. Log in with it.');
  },
  async 'email-verification'() {
    const { code, detail } = await call('verify-email', { token: link.token });
    if (detail !== '' && code !== 'invalid-link') return say(detail);
    show('');
    say(detail === '' ? 'Your e-mail address is verified.' : detail + ' Log in to have another one sent.');
  },
};

function askAnew(detail) {
  show('request');
  say(detail);
}

for (const view of views)
  element(view).addEventListener('submit', async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    element(view).setAttribute('aria-busy', 'true');
    say('');
    await doneBy[view]();
    element(view).removeAttribute('aria-busy');
    isBusy = false;
  });
element('show').addEventListener('change', (event) => {
  element('password').type = event.target.checked ? 'text' : 'password';
});
addEventListener('hashchange', readLink);
readLink();
`;
