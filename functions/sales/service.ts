import { defineService } from '../../shared/capabilities/define-service.ts';
import { salesExamples } from './examples.ts';
import { followSalesPrices } from './prices/follow-sales-prices.ts';
import { salesProblems } from './problems.ts';
import { refundSale } from './refund/refund-sale.ts';
import { cancelSale } from './sale/cancel-sale.ts';
import { getSale } from './sale/get-sale.ts';
import { listSales, saleIndexes } from './sale/list-sales.ts';
import { purchasesOfCustomer, salesOfCustomer } from './sale/purchases-of-customer.ts';
import { ringUpSale } from './sale/ring-up-sale.ts';
import { salesSettings } from './settings.ts';

export const sales = defineService({
  name: 'sales',
  summary: 'Shops, their tills, and what is sold there.',
  problems: salesProblems,
  settings: salesSettings,
  examples: salesExamples,
  indexes: saleIndexes,
  capabilities: [
    ringUpSale,
    cancelSale,
    refundSale,
    listSales,
    getSale,
    purchasesOfCustomer,
    salesOfCustomer,
    followSalesPrices,
  ],
});
