import type { Figure } from './figure.ts';
import { consumeBatchFigure } from './figures/consume-batch.ts';
import { endpointFigure } from './figures/endpoint.ts';
import { naiveFigure } from './figures/naive.ts';
import { requestUnitsFigure } from './figures/request-units.ts';
import { sagaFigure } from './figures/saga.ts';
import { timeToConfirmFigure } from './figures/time-to-confirm.ts';

/** Everything that can be measured, in the order in which it is. */
export const figures: readonly Figure[] = [
  consumeBatchFigure,
  endpointFigure,
  sagaFigure,
  requestUnitsFigure,
  timeToConfirmFigure,
  naiveFigure,
];
