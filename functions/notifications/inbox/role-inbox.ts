import { z } from 'zod';
import { CustomerId } from '../../../shared/events/contracts/identifiers.ts';
import { type Role, roles } from '../../../shared/security/principal.ts';

const prefix = 'role/';

/** The inbox that all who have a role share. No person's id has a slash, so it is nobody's. */
export function roleInbox(role: Role): string {
  return `${prefix}${role}`;
}

/** The role whose inbox it is; none, where it is a person's. */
export function roleOfInbox(recipientId: string): Role | undefined {
  return roles.find((role) => recipientId === roleInbox(role));
}

/** Whose inbox a request names: a person's, or that of a role. */
export const Recipient = z
  .union([CustomerId, z.enum(roles.map(roleInbox))])
  .meta({ description: 'Whose inbox: a person’s, or role/operator for that of all operators' });
