import { inject } from 'vitest';
import { accountsOn } from '../stack/accounts.ts';
import { connectStack } from '../stack/connect-stack.ts';
import { Shop } from '../stack/shop.ts';

/** The stack that all acceptance tests share. */
export const sharedStack = () => connectStack(inject('stack'));

/** A shop in it that only this test knows; whoever calls its API has registered and logged in. */
export const openShop = () => new Shop(accountsOn(sharedStack()));
