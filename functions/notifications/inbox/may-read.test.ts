import { expect, it } from 'vitest';
import type { Role } from '../../../shared/security/principal.ts';
import { mayRead } from './may-read.ts';

const about = ['order/o1', 'user/ann', 'sessions/ann', 'whatever/comes'];

it.each<{ role: Role; sub: string; reads: readonly string[] }>([
  { role: 'customer', sub: 'ann', reads: about },
  { role: 'admin', sub: 'eve', reads: about },
  { role: 'manager', sub: 'eve', reads: ['order/o1'] },
  { role: 'sales', sub: 'eve', reads: ['order/o1'] },
])('the $role $sub may read the notifications of ann about $reads, and no others', ({ role, sub, reads }) => {
  const caller = { sub, tenant: 'main', roles: [role] };
  expect(about.filter((subject) => mayRead(caller, { recipientId: 'ann', about: subject }))).toEqual(reads);
});

it.each<{ role: Role; reads: boolean }>([
  { role: 'operator', reads: true },
  { role: 'admin', reads: true },
  { role: 'manager', reads: false },
])('a $role reads the inbox of operators: $reads', ({ role, reads }) => {
  const caller = { sub: 'eve', tenant: 'main', roles: [role] };
  expect(mayRead(caller, { recipientId: 'role/operator', about: 'order/o1' })).toBe(reads);
});
