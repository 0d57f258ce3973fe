import { defineService } from '../../shared/capabilities/define-service.ts';
import { inventoryExamples } from './examples.ts';
import { inventoryProblems } from './problems.ts';
import { getReservation } from './reservation/get-reservation.ts';
import { releaseStock } from './reservation/release-stock.ts';
import { reserveStock } from './reservation/reserve-stock.ts';
import { shipStock } from './reservation/ship-stock.ts';
import { adjustStock } from './stock/adjust-stock.ts';
import { createStock } from './stock/create-stock.ts';
import { getStock } from './stock/get-stock.ts';
import { listLowStock, lowStock } from './stock/list-low-stock.ts';
import { listStock } from './stock/list-stock.ts';
import { receiveStock } from './stock/receive-stock.ts';
import { setReorderPoint } from './stock/set-reorder-point.ts';
import { takeSoldStock } from './stock/take-sold-stock.ts';

export const inventory = defineService({
  name: 'inventory',
  summary: 'Stock at each location, and what of it is held for orders.',
  problems: inventoryProblems,
  examples: inventoryExamples,
  capabilities: [
    listStock,
    listLowStock,
    getStock,
    receiveStock,
    adjustStock,
    setReorderPoint,
    getReservation,
    createStock,
    reserveStock,
    releaseStock,
    shipStock,
    takeSoldStock,
    lowStock,
  ],
});
