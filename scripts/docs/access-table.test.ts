import { expect, it } from 'vitest';
import { services } from '../../functions/services.ts';
import { accessTable } from './access-table.ts';

it.each([
  '| orders | PATCH /api/v1/orders/{id} | customer, sales, admin | sales, admin |',
  '| orders | POST /api/v1/orders/{id}/ship | logistics, admin |  |',
  '| identity | POST /api/v1/auth/login | everybody |  |',
  '| notifications | POST /api/v1/notifications/{id}/read | any role | nobody |',
  '| operations | GET /docs | everybody |  |',
  '| operations | GET /docs/{file} | everybody |  |',
])('the table of who may do what has the row %s', (row) => {
  expect(accessTable(services).split('\n')).toContain(row);
});
