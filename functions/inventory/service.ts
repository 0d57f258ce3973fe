import { defineService } from '../../shared/capabilities/define-service.ts';
import { adjustStock } from './adjust-stock.ts';
import { createStock } from './create-stock.ts';
import { inventoryExamples } from './examples.ts';
import { getReservation } from './get-reservation.ts';
import { getStock } from './get-stock.ts';
import { listLowStock, lowStock } from './list-low-stock.ts';
import { listStock } from './list-stock.ts';
import { inventoryProblems } from './problems.ts';
import { receiveStock } from './receive-stock.ts';
import { releaseStock } from './release-stock.ts';
import { reserveStock } from './reserve-stock.ts';
import { setReorderPoint } from './set-reorder-point.ts';
import { shipStock } from './ship-stock.ts';

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
    lowStock,
  ],
});
