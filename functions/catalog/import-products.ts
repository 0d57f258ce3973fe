import { z } from 'zod';
import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { FileLine } from '../../shared/file-line.ts';
import { ok } from '../../shared/http/answer.ts';
import { csv } from '../../shared/http/bodies/csv.ts';
import { ndjson } from '../../shared/http/bodies/ndjson.ts';
import { catalogBoundary } from './catalog-boundary.ts';
import { importChunk } from './import-chunk.ts';
import { chunksOf } from './import-chunks.ts';
import { productColumns, readLines } from './import-lines.ts';
import { ImportReport, LineOutcome, reportOn } from './import-report.ts';

const mostLines = 10_000;

/** Blank ones counted. */
const mostLinesInAll = 2 * mostLines;

const csvExample = `sku,name,price,description,category,quantity
LAMP-1,Desk lamp,49.90,"Warm light, bends",Lighting,50
RUG-7,"The ""good"" rug",120,,Floors,
`;

const ndjsonExample = `{"sku":"LAMP-1","name":"Desk lamp","price":49.9,"description":"Warm light, bends","quantity":50}
{"sku":"RUG-7","name":"The \\"good\\" rug","price":120,"category":"Floors"}
`;

export const importProducts = endpoint({
  name: 'import-products',
  summary: 'Makes and changes products by the lines of a file, up to 10,000',
  method: 'POST',
  route: 'products/import',
  roles: ['manager'],
  accepts: [
    csv({ columns: productColumns, example: csvExample, mostLines: mostLinesInAll }),
    ndjson({ example: ndjsonExample, mostLines: mostLinesInAll }),
  ],
  maxBodyBytes: 10 * 1024 * 1024,
  timeoutMs: 200_000,
  body: z
    .array(FileLine)
    .min(1, { error: 'has no line with a product' })
    .max(mostLines, { error: `has more than ${mostLines} lines: send it in several files` }),
  answers: { 200: ImportReport },
  needs: ['inParts'],
  async handle({ body, inParts, now }) {
    const { products, refused } = readLines(body);
    const chunks = chunksOf(products);
    const outcomes = await inParts(
      chunks.map((chunk, index) => ({
        name: `chunk ${index + 1} of ${chunks.length}`,
        boundary: catalogBoundary,
        result: z.array(LineOutcome),
        run: async (work, newId) => [...(await importChunk(chunk, work, { newId, now }))],
      })),
    );
    return ok(reportOn([...refused, ...outcomes.flat()]));
  },
});
