import { describe, expect, it } from 'vitest';
import { defineService } from '../capabilities/define-service.ts';
import { enabledServices } from './enabled-services.ts';

describe('enabled services', () => {
  const services = ['orders', 'inventory'].map((name) =>
    defineService({ name, summary: `${name}.`, capabilities: [] }),
  );

  it('are the ones named, or all', () => {
    expect(enabledServices(services, ['inventory']).map(({ name }) => name)).toEqual(['inventory']);
    expect(enabledServices(services, [])).toEqual(services);
  });

  it('that do not exist are refused by naming those that do', () => {
    expect(() => enabledServices(services, ['orders', 'order'])).toThrow(
      'ENABLED_SERVICES names order; the services are orders, inventory',
    );
  });
});
