/** A mail as a provider is given it. */
export const mail = {
  key: '7f2f7d0c-93f4-8e0a-8f0a-3c1f5a0d9b11',
  tenant: 'main',
  recipientId: 'ann',
  to: 'ann@example.com',
  senderName: 'Lagerhaus',
  subject: 'Welcome',
  body: 'Your account is ready.',
  date: '2026-11-22T10:00:00.000Z',
};
