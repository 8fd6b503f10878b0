import fc from "fast-check";
import { test as plain } from "vitest";

// What the tests use of `@fast-check/vitest`. That package wraps every order in which `only`, `skip`, `fails` and the like
// can stand in a row, which takes three seconds whenever it is loaded; Stryker loads it for each mutant.

function prop<Values extends [unknown, ...unknown[]]>(
  arbitraries: { [Index in keyof Values]: fc.Arbitrary<Values[Index]> },
  params?: fc.Parameters<Values>,
) {
  return (name: string, holds: (...values: Values) => unknown, timeout?: number): void =>
    plain(
      name,
      () =>
        fc.assert(
          fc.asyncProperty(...arbitraries, async (...values: Values) => {
            if ((await holds(...values)) === false) throw new Error("The property does not hold.");
          }),
          params,
        ),
      timeout,
    );
}

export const test = Object.assign(plain, { prop });
export { fc };
