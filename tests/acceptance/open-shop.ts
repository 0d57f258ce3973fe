import { inject } from 'vitest';
import { connectStack } from '../stack/connect-stack.ts';
import { Shop } from '../stack/shop.ts';

/** The stack that all acceptance tests share. */
export const sharedStack = () => connectStack(inject('stack'));

/** A shop in it that only this test knows. */
export const openShop = () => new Shop(sharedStack());
