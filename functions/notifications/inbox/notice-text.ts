import { z } from 'zod';
import { defineProjection } from '../../../shared/model/projection.ts';

/** What a notification says in somebody's own words, which no event tells: beside it, under its id. */
export const NoticeText = defineProjection({ kind: 'notice-text', state: z.object({ body: z.string() }) });
