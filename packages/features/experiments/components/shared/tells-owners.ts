/** Of several that all have the same owner, or none, no row says whose it is. */
export function tellsOwners(owners: readonly (string | number | null)[]): boolean {
  return owners.length === 1 || new Set(owners).size > 1;
}
