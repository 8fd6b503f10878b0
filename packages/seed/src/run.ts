import { DEMO_PASSWORD, seedDemo } from "./index";

// The connection is an argument, never taken from the environment: nobody seeds a real database by accident.
const [connectionString] = process.argv.slice(2);
if (connectionString === undefined) {
  console.error(
    "Name the database to seed: npx tsx packages/seed/src/run.ts postgresql://user@host:5432/database",
  );
  process.exitCode = 1;
} else {
  const { seeded } = await seedDemo({ connectionString });
  console.info(
    seeded ? `The demo is in. Everybody's password: ${DEMO_PASSWORD}` : "The demo was there already.",
  );
}
