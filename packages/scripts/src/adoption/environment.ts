import { randomBytes } from "node:crypto";
import path from "node:path";

/** That of somebody who works at an application: none of this repository's settings. */
export function environmentOf(url: string, pooled: string | undefined): NodeJS.ProcessEnv {
  const kept =
    /^(PATH|HOME|USER|LANG|TMPDIR|npm_config_\w+|https?_proxy|no_proxy|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE)$/i;
  const foreign = /^npm_config_(local_prefix|prefix|userconfig|globalconfig)$/i;
  const own = Object.entries(process.env).filter(([name]) => kept.test(name) && !foreign.test(name));
  return {
    ...Object.fromEntries(own),
    NODE_ENV: undefined,
    DATABASE_URL: pooled ?? url,
    ...(pooled === undefined ? {} : { DATABASE_DIRECT_URL: url }),
    EXPERIMENTS_SECRET: randomBytes(32).toString("hex"),
    NEXT_TELEMETRY_DISABLED: "1",
    PRISMA_SCHEMA_ENGINE_BINARY: path.join(import.meta.dirname, "schema-engine.sh"),
  } as unknown as NodeJS.ProcessEnv;
}
