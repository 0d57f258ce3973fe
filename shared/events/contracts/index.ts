// Every contract: a new file of this folder is added here, and nowhere else.
export * from './campaigns.ts';
export * from './catalog.ts';
export * from './customers.ts';
export * from './identity.ts';
export * from './inventory.ts';
export * from './notifications.ts';
export * from './orders.ts';
export * from './platform.ts';
export * from './pos-transaction.ts';
export * from './sales.ts';
export * from './tenant-settings.ts';
