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

/** As many characters as nobody guesses. */
const LEAST_LENGTH = 32;

/** @throws RangeError for a secret that is missing or short: anybody could sign with it */
export function requireSecrets(secrets: Secrets): Secrets {
  if (secrets.length > 0 && secrets.every((secret) => secret.length >= LEAST_LENGTH)) return secrets;
  throw new RangeError(
    `Each secret needs at least ${LEAST_LENGTH} characters: openssl rand -hex 32 makes one.`,
  );
}
