import { defineConfig } from "prisma/config";

export default defineConfig({
  schema: "schema.prisma",
  migrations: { path: "migrations" },
  // `prisma generate` needs no database, so an absent url must not stop it.
  datasource: { url: process.env.DATABASE_URL ?? "" },
});
