// Next puts the values here when it builds; they are no settings. Outside of a build there are none.

/** The migrations that the code was built for. */
export function expectedMigrations(): string[] {
  return listOf(process.env.EXPECTED_MIGRATIONS);
}

/** Names this build by its sources; null outside of one. */
export function buildName(): string | null {
  return process.env.BUILD_NAME || null;
}

/** The patterns of the application's routes. */
export function routePatterns(): string[] {
  return listOf(process.env.ROUTE_PATTERNS);
}

function listOf(value: string | undefined): string[] {
  return value === undefined || value === "" ? [] : value.split(",");
}
