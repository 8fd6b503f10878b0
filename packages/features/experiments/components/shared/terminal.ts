// What people can run beside the administration: in this repository, these. Where the package is installed they are its own,
// which `npm run pack` writes in their place.

const VERIFY = "npm run experiments -- verify";

/** Lists the places in code that name what is over. Empty where no command reads the code. */
export const STALE: string = "npm run experiments -- stale";

/** Computes the result of a receipt again. */
export function verifyCommand(slug: string): string {
  return `${VERIFY} ${slug}`;
}
