import { describe, expect, it } from 'vitest';
import { defineService } from '../capabilities/define-service.ts';
import { enabledServices } from './enabled-services.ts';

describe('enabled services', () => {
  const services = ['orders', 'inventory'].map((name) =>
    defineService({ name, summary: `${name}.`, capabilities: [] }),
  );

  it('the enabled services are those of ENABLED_SERVICES, or all if it is empty', () => {
    expect(enabledServices(services, ['inventory']).map(({ name }) => name)).toEqual(['inventory']);
    expect(enabledServices(services, [])).toEqual(services);
  });

  it('an unknown name in ENABLED_SERVICES is refused with a list of the services', () => {
    expect(() => enabledServices(services, ['orders', 'order'])).toThrow(
      'ENABLED_SERVICES names order; the services are orders, inventory',
    );
  });
});
