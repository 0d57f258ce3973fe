import { setTimeout as pause } from 'node:timers/promises';
import type { StackFile } from '../../infra/local/stack-file.ts';
import { watchTopic } from '../raw/watch-topic.ts';

/** The sales whose goods have left the stock, whoever took them. */
export interface StockTaken extends AsyncDisposable {
  /** Settles when so many sales have had their stock taken since the stack was started. */
  of(sales: number): Promise<void>;
}

const reference = /"reference":"sale\/([^"]+)"/;

/** Reads inventory-events from now on. What cannot be of a sale is not parsed: the reader shares the cores with the tills. */
export async function watchStockTaken(kafka: StackFile['kafka']): Promise<StockTaken> {
  const sales = new Set<string>();
  const watch = await watchTopic(kafka, 'inventory-events', (messages) => {
    for (const { value } of messages) {
      const saleId = reference.exec(value?.toString() ?? '')?.[1];
      if (saleId !== undefined) sales.add(saleId);
    }
  });
  return {
    async of(wanted) {
      while (sales.size < wanted) await pause(2);
    },
    [Symbol.asyncDispose]: () => watch[Symbol.asyncDispose](),
  };
}
