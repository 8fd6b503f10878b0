/** The secret that signs, then those before it: what they have signed still counts. */
export type Secrets = readonly [current: string, ...previous: string[]];

export function secretsFrom(current: string, previous: string | undefined): Secrets {
  return previous === undefined ? [current] : [current, previous];
}

/** What the first secret that accepts it makes of it; null if none does. */
export async function firstAccepted<T>(
  secrets: readonly string[],
  verify: (secret: string) => Promise<T | null>,
): Promise<T | null> {
  for (const secret of secrets) {
    const found = await verify(secret);
    if (found !== null) return found;
  }
  return null;
}
