import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const Price = z.object({
  what: z.string(),
  usd: z.number().positive(),
  /** When the source said so. */
  date: z.iso.date(),
  region: z.string(),
  source: z.url(),
});

/** What Azure asks, as list prices in US dollars, each with its source. */
export const PriceList = z.strictObject({
  throughputUnitHour: Price,
  ingressMillionEvents: Price,
  processingUnitHour: Price,
  serverlessMillionUnits: Price,
  autoscaleHundredUnitsHour: Price,
  storeGigabyteMonth: Price,
  backupGigabyteMonth: Price,
  restoredGigabyte: Price,
  flexGigabyteSecond: Price,
  flexMillionExecutions: Price,
  premiumCoreHour: Price,
  premiumGigabyteHour: Price,
  logGigabyte: Price,
  availabilityCall: Price,
  logAlertEachFiveMinutesMonth: Price,
  logAlertEachQuarterHourMonth: Price,
  metricAlertMonth: Price,
  privateEndpointHour: Price,
  privateZoneMonth: Price,
});
export type PriceList = z.infer<typeof PriceList>;

/** The list beside this file. */
export const listedPrices = path.join(import.meta.dirname, 'prices.json');

/** @throws ZodError that names a price which is missing, misspelt or malformed. */
export function readPrices(file: string): PriceList {
  return PriceList.parse(JSON.parse(readFileSync(file, 'utf8')));
}
