import "server-only";
import { z } from "zod";

/** The environment is not fit to start with; the message names the variable and what to set it to. */
export class EnvironmentError extends Error {
  readonly code = "invalid_environment";
  readonly variables: string[];

  constructor(message: string, variables: string[]) {
    super(message);
    this.name = "EnvironmentError";
    this.variables = variables;
  }
}

/** Who is trusted to report a client's address: nobody, the last n proxies, or these addresses. */
export type TrustedProxies =
  | { kind: "none" }
  | { kind: "hops"; count: number }
  | { kind: "addresses"; addresses: string[] };

const databaseUrl = z.url({
  protocol: /^postgres(ql)?$/,
  hostname: /.*/,
  error: "is not a PostgreSQL URL, such as postgresql://user:password@host:5432/database",
});

const webUrl = z.url({ protocol: /^https?$/, error: "is not an http(s) URL" });

const secret = z
  .string()
  .min(32, { error: "is shorter than 32 characters; `openssl rand -hex 32` makes one" });

const milliseconds = z.coerce
  .number({ error: "is not a number of milliseconds" })
  .int({ error: "is not a whole number of milliseconds" })
  .min(1, { error: "is less than 1 ms" })
  .max(10_000, { error: "is more than 10 s" });

const schema = z.object({
  NODE_ENV: z.enum(["development", "test", "production"]).default("development"),
  DATABASE_URL: databaseUrl,
  /** The database from which results are read, if it is set; everything else uses DATABASE_URL. */
  DATABASE_REPLICA_URL: databaseUrl.optional(),
  NEXTAUTH_URL: webUrl,
  NEXTAUTH_SECRET: secret,
  VISITOR_COOKIE_SECRET: secret,
  PREVIEW_SECRET: secret,
  /** If absent, nothing is sent to PostHog, and everything else works as before. */
  POSTHOG_KEY: z.string().optional(),
  POSTHOG_HOST: webUrl.default("https://us.i.posthog.com"),
  /** Where people look at the project: result pages link to it. */
  POSTHOG_PROJECT_URL: webUrl.optional(),
  CONSENT_MODE: z.enum(["off", "required"], { error: 'is neither "off" nor "required"' }).default("off"),
  TRUSTED_PROXIES: z.string().optional().transform(parseTrustedProxies),
  /** The most that a decision may take, in milliseconds; past it, control is shown. */
  DECISION_BUDGET_MS: milliseconds.default(200),
  /** The most that a static page waits for its decisions, in milliseconds; past it, it shows control. */
  EXPERIMENT_BUDGET_MS: milliseconds.default(50),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"], {
      error: "is not one of debug, info, warn, error, silent",
    })
    .default("info"),
});

export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/**
 * The server's settings, read and checked at the first call, so that importing a module needs none of them.
 *
 * @throws EnvironmentError where a variable is missing or malformed
 */
export function env(): Env {
  parsed ??= parseEnv(process.env);
  return parsed;
}

/** Checks any set of variables; an empty one counts as absent, as in `POSTHOG_KEY= npm start`. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = schema.safeParse(given);
  if (result.success) return result.data;

  const problems = new Map<string, string>();
  for (const { path, message } of result.error.issues) {
    const name = String(path[0]);
    problems.set(name, given[name] === undefined ? `${name} is not set` : `${name} ${message}`);
  }
  throw new EnvironmentError(
    `${[...problems.values()].join("; ")}. See .env.example for every variable and what it does.`,
    [...problems.keys()],
  );
}

function parseTrustedProxies(value: string | undefined): TrustedProxies {
  const entries = (value ?? "")
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "");
  const [first] = entries;
  if (first === undefined || first === "none" || first === "0") return { kind: "none" };
  if (entries.length === 1 && /^\d+$/.test(first)) return { kind: "hops", count: Number(first) };
  return { kind: "addresses", addresses: entries };
}
