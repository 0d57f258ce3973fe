import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { startBlobServer } from '../../../../infra/embedded/blobs/server.ts';
import { openBlobs } from '../../../../shared/blobs/open-blobs.ts';
import { provisionBlobs } from '../../../../shared/blobs/provision-blobs.ts';
import { defineService } from '../../../../shared/capabilities/define-service.ts';
import { endpoint } from '../../../../shared/capabilities/endpoint.ts';
import { ok } from '../../../../shared/http/answer.ts';
import { FileBody, files, largestFile } from '../../../../shared/http/bodies/file.ts';
import { anyType, fileAnswer } from '../../../../shared/http/file-answer.ts';
import { MissingDocumentError } from '../../../../shared/persistence/documents/store-errors.ts';
import { openApi } from '../../../../shared/serving/openapi/open-api.ts';
import { BlobSettings } from '../../../../shared/settings/blob-settings.ts';
import { Counted, Counter } from '../../../rigs/kernel/counter.ts';
import { service } from '../../../rigs/kernel/kernel-bench.ts';
import { runtimeBench } from '../../../rigs/kernel/runtime-bench.ts';
import { serveEndpoint, serveForFile } from '../../../rigs/kernel/serve-endpoint.ts';

const PicturePath = z.object({ id: z.string() });

const putPicture = endpoint({
  name: 'put-picture',
  summary: 'Keeps a picture',
  method: 'POST',
  route: 'pictures/{id}',
  roles: ['manager'],
  params: PicturePath,
  accepts: files('image/png', 'image/jpeg'),
  maxBodyBytes: largestFile,
  body: FileBody,
  answers: { 200: z.strictObject({ sha256: z.string(), count: z.int() }) },
  needs: ['blobs'],
  async handle({ params: { id }, body, blobs, unitOfWork }) {
    const { sha256 } = await blobs.put(id, body);
    const counter = await unitOfWork('counters:a').load(Counter, id);
    counter.record(Counted({ counter: id, by: 1 }));
    return ok({ sha256, count: counter.state.count });
  },
});

const getPicture = endpoint({
  name: 'get-picture',
  summary: 'Shows a picture',
  method: 'GET',
  route: 'pictures/{id}/file',
  roles: ['manager'],
  params: PicturePath,
  answers: { 200: fileAnswer(anyType) },
  needs: ['blobs'],
  problems: ['not-found'],
  async handle({ params: { id }, blobs }) {
    const file = await blobs.get(id);
    if (file === undefined) throw new MissingDocumentError(`there is no picture ${id}`);
    return ok({ ...file, name: "grandma's \u00fcber *picture*.png" });
  },
});

async function gallery() {
  const bench = await runtimeBench();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'files-'));
  const server = await startBlobServer({ dataDir, secret: 'secret' });
  onTestFinished(async () => {
    await server.close();
    rmSync(dataDir, { recursive: true });
  });
  const settings = BlobSettings.parse({ BLOBS_CONNECTION_STRING: server.connectionString });
  await provisionBlobs(settings);
  const stage = { service, runtime: { ...bench.runtime, blobsOf: openBlobs(settings) } };
  const requestOf = (
    method: string,
    id: string,
    bytes: Uint8Array = new Uint8Array(),
    headers: Record<string, string> = {},
  ) => ({
    method,
    url: `http://127.0.0.1/api/v1/pictures/${id}`,
    headers: new Headers({ authorization: 'Bearer someone', ...headers }),
    params: { id },
    arrayBuffer: async () => Uint8Array.from(bytes).buffer,
  });
  return {
    put: (id: string, bytes: Uint8Array, headers: Record<string, string> = { 'content-type': 'image/png' }) =>
      serveEndpoint(putPicture, requestOf('POST', id, bytes, headers), stage),
    get: (id: string) => serveForFile(getPicture, requestOf('GET', id), stage),
  };
}

const picture = Uint8Array.from({ length: 300 }, (_, index) => index % 256);

describe('an endpoint that takes a file', () => {
  it('a file that is put is answered as it was, to be saved and not shown', async () => {
    const { put, get } = await gallery();
    expect((await put('p1', picture)).status).toBe(200);
    const { status, headers, body } = await get('p1');
    expect([status, headers['content-type'], headers['x-content-type-options']]).toEqual([200, 'image/png', 'nosniff']);
    expect(headers['content-disposition']).toBe(
      "attachment; filename*=UTF-8''grandma%27s%20%C3%BCber%20%2Apicture%2A.png",
    );
    expect(Buffer.from(body ?? '')).toEqual(Buffer.from(picture));
    expect((await get('p2')).status).toBe(404);
  });

  it('a repeat under an Idempotency-Key is known by the file, not by its bytes in a document', async () => {
    const { put } = await gallery();
    const once = { 'content-type': 'image/png', 'idempotency-key': 'k' };
    const first = await put('p1', picture, once);
    const again = await put('p1', picture, once);
    expect([again.body, again.headers['idempotency-replayed']]).toEqual([first.body, 'true']);
    expect((await put('p1', picture.slice(1), once)).status).toBe(422);
  });

  it('another file under the same name is a bug of the handler, and nothing is changed', async () => {
    const { put, get } = await gallery();
    await put('p1', picture);
    expect((await put('p1', picture.slice(1))).status).toBe(500);
    expect((await get('p1')).body).toHaveLength(300);
  });

  it.each([
    ['of a media type that is not taken', 415, picture, { 'content-type': 'image/svg+xml' }],
    ['without a media type', 415, picture, {}],
    ['that is empty', 422, new Uint8Array(), { 'content-type': 'image/png' }],
  ])('a file %s is refused with %d', async (_, status, bytes, headers) => {
    const { put } = await gallery();
    expect((await put('p1', bytes, { ...headers })).status).toBe(status);
  });

  it('a file that is too large is refused by its Content-Length, before it is read', async () => {
    const { put } = await gallery();
    const tooLong = { 'content-type': 'image/png', 'content-length': String(largestFile + 1) };
    expect((await put('p1', new Uint8Array(), tooLong)).status).toBe(413);
  });
});

describe('the declaration of files', () => {
  it('the description of the API says which files are taken and answered', () => {
    const pictures = defineService({
      name: 'pictures',
      summary: 'Keeps pictures.',
      capabilities: [putPicture, getPicture],
    });
    const described = JSON.stringify(openApi([pictures], 'operations'));
    const binary = { schema: { type: 'string', format: 'binary' } };
    for (const mediaType of ['image/png', 'image/jpeg', '*/*'])
      expect(described).toContain(`"${mediaType}":${JSON.stringify(binary)}`);
  });

  it.each([
    'Image/PNG',
    'image/*',
    'text/plain; charset=utf-8',
    'pdf',
    '',
  ])('an endpoint cannot take files of %j: no body is ever known by that', (mediaType) => {
    expect(() => files(mediaType)).toThrow('write it as application/pdf');
  });

  it('a larger body than the host takes, and a file as an answer to other than GET, are refused when they are declared', () => {
    const parts = {
      name: 'x',
      summary: 'X',
      route: 'x',
      roles: ['manager'],
      handle: () => Promise.reject(new Error()),
    } as const;
    expect(() => endpoint({ ...parts, method: 'POST', maxBodyBytes: largestFile + 1, answers: {} })).toThrow(
      'the host takes',
    );
    expect(() => endpoint({ ...parts, method: 'POST', answers: { 200: fileAnswer('image/png') } })).toThrow(
      'only GET may',
    );
  });
});
