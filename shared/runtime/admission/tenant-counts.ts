/** How many of something there are, for each tenant that has some. */
export class TenantCounts {
  readonly #ofTenant = new Map<string, number>();
  #size = 0;

  /** How many there are in all. */
  get size(): number {
    return this.#size;
  }

  /** How many tenants have some. */
  get tenants(): number {
    return this.#ofTenant.size;
  }

  /** How many a tenant has, and how many others have some. */
  of(tenant: string): { readonly ofTenant: number; readonly others: number } {
    const ofTenant = this.#ofTenant.get(tenant) ?? 0;
    return { ofTenant, others: this.#ofTenant.size - (ofTenant === 0 ? 0 : 1) };
  }

  add(tenant: string): void {
    this.#size += 1;
    this.#ofTenant.set(tenant, (this.#ofTenant.get(tenant) ?? 0) + 1);
  }

  remove(tenant: string): void {
    const left = (this.#ofTenant.get(tenant) ?? 0) - 1;
    this.#size -= 1;
    if (left > 0) this.#ofTenant.set(tenant, left);
    else this.#ofTenant.delete(tenant);
  }
}
