/** Typed from the domain, not from the code. */
export const roleNames = [
  'admin',
  'manager',
  'sales',
  'warehouse',
  'purchasing',
  'logistics',
  'hr',
  'payroll',
  'auditor',
  'operator',
  'customer',
] as const;
export type RoleName = (typeof roleNames)[number];

/** Each two roles that somebody may have together. */
export const rolePairs = roleNames.flatMap((one, index) =>
  roleNames.slice(index + 1).map((other) => [one, other] as const),
);
