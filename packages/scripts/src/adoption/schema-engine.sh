#!/bin/sh
# Prisma would download its engine; ours is the same one in WebAssembly. Prisma 6 tells its engine where the database is
# by the schema alone, which this one does not read.
exec node "$(dirname "$0")/../../../../prisma/schema-engine/main.mjs" --datasource "$DATABASE_URL" "$@"
