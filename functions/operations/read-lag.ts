import { z } from 'zod';
import { endpoint } from '../../shared/capabilities/endpoint.ts';
import { forTheWhole } from '../../shared/capabilities/endpoints/for-the-whole.ts';
import { ok } from '../../shared/http/answer.ts';

const Partition = z.object({
  partition: z.int(),
  committed: z.int().optional().describe('Offset of the next event to be read; absent where nothing was ever read'),
  newest: z.int().describe('Offset that the next event will get'),
  lag: z.int().describe('Events that have not been read'),
});

const Consumer = z.object({
  group: z.string().describe('Name of the consumer: of its function and of its consumer group'),
  service: z.string(),
  topic: z.string(),
  total: z.int().describe('Events that have not been read, over all partitions'),
  partitions: z.array(Partition).readonly(),
});

const Lag = z
  .object({
    total: z.int().describe('Events that have not been read, over all consumers'),
    consumers: z.array(Consumer).readonly(),
  })
  .meta({ id: 'Lag', description: 'How far the consumers are behind' });

/** Of all tenants, since consumers do not tell them apart: so for those who look after the whole, and not for each tenant's own operators. */
export const readLag = endpoint({
  name: 'read-lag',
  summary: 'Tells the operators of main how far each consumer is behind, by partition',
  method: 'GET',
  route: 'lag',
  roles: ['operator'],
  answers: { 200: Lag },
  problems: ['bus-unavailable'],
  needs: ['consumers'],
  async handle({ caller, settings, consumers: { lag } }) {
    forTheWhole(caller, settings, 'consumers are of all tenants');
    const consumers = await lag();
    return ok({ total: consumers.reduce((sum, { total }) => sum + total, 0), consumers });
  },
});
