import { z } from 'zod';
import { PaymentMethod } from '../../../shared/events/contracts/pos-transaction.ts';
import { Total } from '../../../shared/money.ts';
import { Percent } from '../shop/percent.ts';

export const TaxView = z.object({
  rate: Percent,
  gross: Total.describe('What bears it, with it'),
  tax: Total.describe('What of that is tax'),
});

export const PaymentView = z.object({ method: PaymentMethod, amount: Total });
