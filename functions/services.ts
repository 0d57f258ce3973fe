import type { Service } from '../shared/capabilities/define-service.ts';
import { admin } from './admin/service.ts';
import { catalog } from './catalog/service.ts';
import { customers } from './customers/service.ts';
import { identity } from './identity/service.ts';
import { inventory } from './inventory/service.ts';
import { notifications } from './notifications/service.ts';
import { operations } from './operations/service.ts';
import { orders } from './orders/service.ts';
import { sales } from './sales/service.ts';

/** Every service of Lagerhaus. */
export const services: readonly Service[] = [
  admin,
  catalog,
  customers,
  identity,
  inventory,
  notifications,
  operations,
  orders,
  sales,
];
