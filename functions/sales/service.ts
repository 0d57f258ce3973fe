import { defineService } from '../../shared/capabilities/define-service.ts';
import { getDailyTotals } from './day/get-daily-totals.ts';
import { salesExamples } from './examples.ts';
import { followSalesPrices } from './prices/follow-sales-prices.ts';
import { salesProblems } from './problems.ts';
import { refundSale } from './refund/refund-sale.ts';
import { cancelSale } from './sale/cancel-sale.ts';
import { getSale } from './sale/get-sale.ts';
import { listSales, saleIndexes } from './sale/list-sales.ts';
import { purchasesOfCustomer, salesOfCustomer } from './sale/purchases-of-customer.ts';
import { ringUpSale } from './sale/ring-up-sale.ts';
import { closeRegister } from './session/close-register.ts';
import { getSession } from './session/get-session.ts';
import { listSessions, sessionIndexes } from './session/list-sessions.ts';
import { moveCash } from './session/move-cash.ts';
import { openRegister } from './session/open-register.ts';
import { salesSettings } from './settings.ts';
import { changeShop } from './shop/change-shop.ts';
import { closeShop } from './shop/close-shop.ts';
import { getShop } from './shop/get-shop.ts';
import { listShops, shops } from './shop/list-shops.ts';
import { openShop } from './shop/open-shop.ts';
import { tenantSales } from './tenant-sales.ts';

export const sales = defineService({
  name: 'sales',
  summary: 'Shops, their tills, and what is sold there.',
  problems: salesProblems,
  settings: salesSettings,
  examples: salesExamples,
  indexes: {
    filtered: [...sessionIndexes.filtered, ...saleIndexes.filtered],
    sorted: [...sessionIndexes.sorted, ...saleIndexes.sorted],
  },
  capabilities: [
    openShop,
    changeShop,
    closeShop,
    getShop,
    listShops,
    shops,
    openRegister,
    moveCash,
    closeRegister,
    getSession,
    listSessions,
    getDailyTotals,
    ringUpSale,
    cancelSale,
    refundSale,
    listSales,
    getSale,
    purchasesOfCustomer,
    salesOfCustomer,
    followSalesPrices,
    tenantSales,
  ],
});
