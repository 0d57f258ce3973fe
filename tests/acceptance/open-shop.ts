import { inject } from 'vitest';
import { accountsOn } from '../rigs/clients/accounts.ts';
import { Shop } from '../rigs/clients/shop.ts';
import { connectStack } from '../rigs/stack/connect-stack.ts';

/** The stack that all acceptance tests share. */
export const sharedStack = () => connectStack(inject('stack'));

/** A shop in it that only this test knows; whoever calls its API has registered and logged in. */
export const openShop = () => new Shop(accountsOn(sharedStack()));
