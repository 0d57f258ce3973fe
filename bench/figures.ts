import type { FiguresOn } from './arguments.ts';
import { allConsumersFigure } from './figures/all-consumers.ts';
import { consumeBatchFigure } from './figures/consume-batch.ts';
import { consumeFromApacheFigure } from './figures/consume-from-apache.ts';
import { cpuOfAnOrderFigure } from './figures/cpu-of-an-order.ts';
import { directoryFigure } from './figures/directories.ts';
import { effectsFigure } from './figures/effects.ts';
import { endpointFigure } from './figures/endpoint.ts';
import { getProductFigure } from './figures/get-product.ts';
import { importProductsFigure } from './figures/import-products.ts';
import { loginFigure } from './figures/logins.ts';
import { naiveFigure } from './figures/naive.ts';
import { overloadFigure } from './figures/overload.ts';
import { peersFigure } from './figures/peers.ts';
import { requestUnitsFigure } from './figures/request-units.ts';
import { requestUnitsOfSalesFigure } from './figures/request-units-of-sales.ts';
import { sagaFigure } from './figures/saga.ts';
import { sagaOnApacheFigure } from './figures/saga-on-apache.ts';
import { salesFigure } from './figures/sales.ts';
import { timeToConfirmFigure } from './figures/time-to-confirm.ts';
import { waitingFigure } from './figures/waiting.ts';

/** Everything that can be measured, in the order in which it is. */
export const figuresOn: FiguresOn = {
  embedded: [
    consumeBatchFigure,
    endpointFigure,
    sagaFigure,
    requestUnitsFigure,
    timeToConfirmFigure,
    naiveFigure,
    getProductFigure,
    importProductsFigure,
    effectsFigure,
    loginFigure,
    directoryFigure,
    allConsumersFigure,
    salesFigure,
    requestUnitsOfSalesFigure,
    waitingFigure,
    cpuOfAnOrderFigure,
    peersFigure,
    overloadFigure,
  ],
  apache: [consumeFromApacheFigure, sagaOnApacheFigure],
};
